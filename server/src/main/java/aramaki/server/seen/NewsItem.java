package aramaki.server.seen;

import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.LogId;
import aramaki.protocol.log.Payload;
import aramaki.server.timeline.Sentences;
import aramaki.server.timeline.StoredEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// An event that a person who was away wants to hear of, small enough to keep many.
///
/// @param type the event's own word
/// @param severity of an alert; empty for everything else
/// @param alert which one; empty for everything else
/// @param topic what it is about within its kind; several of one topic are one line
/// @param text one sentence, at most 200 characters
public record NewsItem(
        Kind kind,
        String type,
        long position,
        Instant at,
        Hash event,
        SystemId system,
        String actor,
        Optional<AlertKey> alert,
        Optional<State> severity,
        String topic,
        String text) {
    private static final int TEXT = 200;

    /// Where it stands.
    Optional<LogId> log() {
        return EventType.ofWord(type).map(t -> new LogId(system, t.eventClass()));
    }

    /// What sort of news, the most important first.
    public enum Kind {
        FIRED,
        CHANGED,
        RESOLVED,
        NOTE,
        /// Something outside told us: a deployment, as a rule.
        RECEIVED,
        DEFINITION,
        AGENT,
        OTHER
    }

    /// Empty for what is no news, such as each change of a state: the alerts tell of those.
    static Optional<NewsItem> of(
            StoredEvent event, Function<SystemId, Optional<SystemName>> names) {
        String type = event.header().type();
        var kind = kind(type);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        var header = event.header();
        var data = event.data();
        var about =
                names.apply(header.log().system())
                        .flatMap(name -> data.flatMap(payload -> about(name, payload)));
        return Optional.of(
                new NewsItem(
                        kind.get(),
                        type,
                        event.position(),
                        header.at(),
                        event.hash(),
                        header.log().system(),
                        header.actor(),
                        about,
                        data.flatMap(NewsItem::severity),
                        topic(kind.get(), event, data, about),
                        cut(text(event, data))));
    }

    /// The types of event that are news.
    static Optional<Kind> kind(String type) {
        return switch (type) {
            case "alert.fired" -> Optional.of(Kind.FIRED);
            case "alert.changed" -> Optional.of(Kind.CHANGED);
            case "alert.resolved" -> Optional.of(Kind.RESOLVED);
            case "note.added" -> Optional.of(Kind.NOTE);
            case "event.received" -> Optional.of(Kind.RECEIVED);
            case "system.created", "system.changed", "system.deleted" ->
                    Optional.of(Kind.DEFINITION);
            case "agent.silent",
                    "agent.connected",
                    "agent.stopped",
                    "agent.joined",
                    "agent.revoked" ->
                    Optional.of(Kind.AGENT);
            case "state.changed" -> Optional.empty();
            default -> Optional.of(Kind.OTHER);
        };
    }

    private static Optional<AlertKey> about(SystemName system, Payload payload) {
        return switch (payload) {
            case Payload.AlertFired p -> Optional.of(key(system, p.entity(), p.check()));
            case Payload.AlertChanged p -> Optional.of(key(system, p.entity(), p.check()));
            case Payload.AlertResolved p -> Optional.of(key(system, p.entity(), p.check()));
            default -> Optional.empty(); // only these three are about an alert
        };
    }

    private static String topic(
            Kind kind, StoredEvent event, Optional<Payload> data, Optional<AlertKey> about) {
        return switch (kind) {
            case FIRED, CHANGED, RESOLVED ->
                    about.map(AlertKey::toString).orElse(event.hash().hex());
            case NOTE, RECEIVED -> event.hash().hex();
            case DEFINITION -> event.header().log().system().value();
            case AGENT -> data.map(NewsItem::agent).orElse("");
            case OTHER -> event.header().type();
        };
    }

    private static String agent(Payload payload) {
        return switch (payload) {
            case Payload.AgentSilent p -> String.join(" ", p.agents());
            case Payload.AgentConnected p -> p.agent();
            case Payload.AgentStopped p -> p.agent();
            case Payload.AgentJoined p -> p.name();
            case Payload.AgentRevoked p -> p.name();
            default -> payload.type().word(); // a kind of its own, until it is told apart here
        };
    }

    private static AlertKey key(SystemName system, String entity, String check) {
        return new AlertKey(CheckKey.of(system.value(), entity, check));
    }

    private static Optional<State> severity(Payload payload) {
        return switch (payload) {
            case Payload.AlertFired p -> state(p.severity());
            case Payload.AlertChanged p -> state(p.severity());
            default -> Optional.empty(); // a resolved alert has the severity it had before
        };
    }

    private static Optional<State> state(String word) {
        return Arrays.stream(State.values()).filter(s -> s.word().equals(word)).findFirst();
    }

    private static String text(StoredEvent event, Optional<Payload> data) {
        return data.orElse(null) instanceof Payload.NoteAdded note
                ? note.text()
                : Sentences.of(event);
    }

    private static String cut(String text) {
        String first = text.lines().filter(l -> !l.isBlank()).findFirst().orElse("");
        if (first.length() <= TEXT) {
            return first;
        }
        boolean split = Character.isHighSurrogate(first.charAt(TEXT - 2));
        return first.substring(0, split ? TEXT - 2 : TEXT - 1) + "…";
    }
}
