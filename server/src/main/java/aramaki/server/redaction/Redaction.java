package aramaki.server.redaction;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckKey;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.alert.AlertStore;
import aramaki.server.observation.Board;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore;
import aramaki.server.projection.SnapshotStore;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.EventStore.Query;
import aramaki.server.timeline.EventStore.Relation;
import aramaki.server.timeline.StoredEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Takes away by hand what an event says, everywhere it stands: in the log, in the alerts it led
/// to, in the result it came from. Its header stays, so the chain goes on verifying; and an event
/// of its own says who did it and why.
public final class Redaction {
    private static final int MAX_REASON = 300;
    private static final int MOST = 1000;
    private static final Set<EventType> ALERTS =
            EnumSet.of(EventType.ALERT_FIRED, EventType.ALERT_CHANGED, EventType.ALERT_RESOLVED);

    /// Those that say what people or programs wrote. Never what creates a system or says who may do
    /// what.
    private static final Set<EventType> REDACTABLE =
            EnumSet.of(
                    EventType.STATE_CHANGED,
                    EventType.CHECK_FLAPPING,
                    EventType.CHECK_STEADY,
                    EventType.ALERT_FIRED,
                    EventType.ALERT_CHANGED,
                    EventType.ALERT_RESOLVED,
                    EventType.ALERT_COMMENTED,
                    EventType.NOTE_ADDED,
                    EventType.EVENT_RECEIVED,
                    EventType.SYSTEM_CHANGED,
                    EventType.HOST_PACKAGES,
                    EventType.AGENT_STARTED,
                    EventType.AGENT_STOPPED);

    private final Store store;
    private final EventStore events;
    private final EventLog log;
    private final AlertStore alerts;
    private final ObservationStore observations;
    private final SnapshotStore snapshots;
    private final Systems systems;
    private final Board board;
    private final BooleanSupplier erase;
    private final InstantSource clock;

    /// @param erase makes sure that what was deleted is no longer on disk either
    public Redaction(
            Store store,
            EventStore events,
            EventLog log,
            AlertStore alerts,
            ObservationStore observations,
            SnapshotStore snapshots,
            Systems systems,
            Board board,
            BooleanSupplier erase,
            InstantSource clock) {
        this.store = store;
        this.events = events;
        this.log = log;
        this.alerts = alerts;
        this.observations = observations;
        this.snapshots = snapshots;
        this.systems = systems;
        this.board = board;
        this.erase = erase;
        this.clock = clock;
    }

    /// What was done.
    ///
    /// @param events what was redacted: the one that was named, and those that said the same
    /// @param erased whether the bytes are gone from the disk by now
    public record Redacted(List<StoredEvent> events, boolean erased) {}

    /// Takes away what this event says.
    ///
    /// @param who in words, for the timeline
    public Redacted redact(Hash event, String reason, String who, By by) {
        String why = reason.replaceAll("\\p{Cntrl}", " ").strip();
        if (why.isEmpty() || why.length() > MAX_REASON) {
            throw Refusal.invalid(
                    "bad-reason", "say in 1 to " + MAX_REASON + " characters why it is taken away");
        }
        var redacted =
                store.write(
                        tx -> {
                            var named =
                                    events.find(tx, event)
                                            .orElseThrow(
                                                    () -> Refusal.notFound("event", event.hex()));
                            refuse(tx, named);
                            var all = same(tx, named);
                            quieten(tx, all);
                            all.forEach(e -> redact(tx, e, why, who, by));
                            snapshots.forget(tx);
                            return List.copyOf(all);
                        });
        return new Redacted(redacted, erase.getAsBoolean());
    }

    private void refuse(Tx tx, StoredEvent event) {
        String type = event.header().type();
        var known = EventType.ofWord(type);
        if (known.filter(REDACTABLE::contains).isEmpty()) {
            throw Refusal.conflict(
                    "not-redactable",
                    "a "
                            + type
                            + " is never redacted; these can be: "
                            + REDACTABLE.stream()
                                    .map(EventType::word)
                                    .collect(Collectors.joining(", ")));
        }
        if (event.payload() == null) {
            boolean before = !events.referring(tx, event.hash(), Relation.REDACTED, 1).isEmpty();
            throw Refusal.conflict(
                    before ? "already-redacted" : "no-longer-kept",
                    before
                            ? "this event has been redacted already"
                            : "what this event said is no longer kept");
        }
        if (known.get() == EventType.SYSTEM_CHANGED && isNewest(tx, event)) {
            throw Refusal.conflict(
                    "definition-in-use",
                    "this is the definition that the system has now: change that first");
        }
    }

    private boolean isNewest(Tx tx, StoredEvent event) {
        return newest(tx, event, Set.of(EventType.SYSTEM_CHANGED), "")
                .filter(e -> e.hash().equals(event.hash()))
                .isPresent();
    }

    /// The event, what it was caused by where that says the same, and the alert events it caused.
    private List<StoredEvent> same(Tx tx, StoredEvent named) {
        var first =
                cause(named)
                        .flatMap(hash -> events.find(tx, hash))
                        .filter(
                                e ->
                                        e.payload() != null
                                                && type(e).filter(REDACTABLE::contains).isPresent())
                        .orElse(named);
        var all = new ArrayList<StoredEvent>();
        all.add(first);
        search(tx, first, ALERTS, first.hash().hex(), MOST).stream()
                .filter(e -> cause(e).filter(first.hash()::equals).isPresent())
                .forEach(all::add);
        return all;
    }

    private static Optional<EventType> type(StoredEvent event) {
        return EventType.ofWord(event.header().type());
    }

    private static Optional<Hash> cause(StoredEvent event) {
        return switch (event.data().orElse(null)) {
            case Payload.AlertFired p -> Optional.of(new Hash(p.cause()));
            case Payload.AlertChanged p -> Optional.of(new Hash(p.cause()));
            case Payload.AlertResolved p -> Optional.of(new Hash(p.cause()));
            case null, default -> Optional.empty(); // the others were caused by no event
        };
    }

    private void redact(Tx tx, StoredEvent event, String reason, String who, By by) {
        byte[] payload = event.payload();
        if (payload == null) {
            return; // never: these were found with what they say
        }
        forgetOutput(tx, event);
        events.dropPayload(tx, event.hash());
        var told =
                log.append(
                        tx,
                        event.header().log().system(),
                        new Payload.EventRedacted(
                                event.hash().hex(),
                                event.header().type(),
                                reason,
                                who,
                                Blank.of(Json.tree(payload))),
                        clock.instant(),
                        by);
        events.refer(tx, event.hash(), told.hash(), Relation.REDACTED);
    }

    /// The result it came from said it first.
    private void forgetOutput(Tx tx, StoredEvent event) {
        String observation =
                switch (event.data().orElse(null)) {
                    case Payload.StateChanged p -> p.observation();
                    case Payload.CheckFlapping p -> p.observation();
                    case Payload.CheckSteady p -> p.observation();
                    case null, default -> null; // the others come from no result
                };
        if (observation != null) {
            observations
                    .forgetOutput(tx, ObservationId.number(observation))
                    .ifPresent(latest -> tx.afterCommit(() -> board.put(List.of(latest))));
        }
    }

    /// An alert shows what was said last in its episode; it is silent now where that is gone.
    private void quieten(Tx tx, List<StoredEvent> redacted) {
        var hashes = redacted.stream().map(StoredEvent::hash).collect(Collectors.toSet());
        for (var event : redacted) {
            keyed(event)
                    .flatMap(key -> alerts.alert(tx, key))
                    .filter(a -> lastSaid(tx, event, a).filter(hashes::contains).isPresent())
                    .ifPresent(a -> alerts.save(tx, a.saying("")));
        }
    }

    private Optional<Hash> lastSaid(Tx tx, StoredEvent beside, Alert alert) {
        return newest(tx, beside, ALERTS, alert.episode().value()).map(StoredEvent::hash);
    }

    private Optional<AlertKey> keyed(StoredEvent event) {
        var system = systems.nameOf(event.header().log().system());
        return switch (event.data().orElse(null)) {
            case Payload.AlertFired p -> system.map(s -> key(s.value(), p.entity(), p.check()));
            case Payload.AlertChanged p -> system.map(s -> key(s.value(), p.entity(), p.check()));
            case Payload.AlertResolved p -> system.map(s -> key(s.value(), p.entity(), p.check()));
            case null, default -> Optional.empty(); // the others are about no alert
        };
    }

    private static AlertKey key(String system, String entity, String check) {
        return new AlertKey(CheckKey.of(system, entity, check));
    }

    private Optional<StoredEvent> newest(
            Tx tx, StoredEvent beside, Set<EventType> types, String text) {
        return search(tx, beside, types, text, 1).stream().findFirst();
    }

    private List<StoredEvent> search(
            Tx tx, StoredEvent beside, Set<EventType> types, String text, int limit) {
        return events.search(
                tx,
                new Query(
                        Set.of(beside.header().log().system().value()),
                        Set.of(),
                        types.stream().map(EventType::word).collect(Collectors.toSet()),
                        text,
                        Long.MAX_VALUE,
                        Optional.empty(),
                        Optional.empty(),
                        limit));
    }
}
