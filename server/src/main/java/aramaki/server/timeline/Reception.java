package aramaki.server.timeline;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.outside.CloudEvents;
import aramaki.server.timeline.outside.Outside;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Takes events from outside into the logs of the systems they are for, each once.
public final class Reception {
    /// What claims to be older is taken as of now: its sender's clock is wrong.
    private static final Duration OLDEST = Duration.ofDays(366);

    private final Store store;
    private final EventStore events;
    private final EventLog log;
    private final Landscape landscape;
    private final InstantSource clock;

    public Reception(
            Store store,
            EventStore events,
            EventLog log,
            Landscape landscape,
            InstantSource clock) {
        this.store = store;
        this.events = events;
        this.log = log;
        this.landscape = landscape;
        this.clock = clock;
    }

    /// What became of one of them.
    ///
    /// @param added whether it is new here
    public record Received(StoredEvent event, boolean added) {}

    private record Addressed(SystemId system, Payload.EventReceived payload, By by) {}

    /// All or none, in one unit of work.
    ///
    /// @param system the one that the request names; an event may name its own instead
    /// @param author who may tell a system of something; refuses
    public List<Received> receive(
            List<Outside> outside, Optional<String> system, Function<SystemName, By> author) {
        var addressed = outside.stream().map(o -> addressed(o, system, author)).toList();
        return store.write(
                tx -> {
                    var received = new ArrayList<Received>();
                    addressed.forEach(a -> received.add(receive(tx, a)));
                    return List.copyOf(received);
                });
    }

    private Addressed addressed(
            Outside outside, Optional<String> asked, Function<SystemName, By> author) {
        var named = outside.system();
        if (asked.isPresent() && named.isPresent() && !asked.equals(named)) {
            throw Refusal.invalid(
                    "two-systems",
                    "the request is for system "
                            + asked.get()
                            + " and the event for another: name one");
        }
        String name =
                asked.or(() -> named)
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "no-system",
                                                "say which system it is for: ?system=NAME, or the"
                                                        + " extension "
                                                        + CloudEvents.SYSTEM));
        var id =
                Names.isShortName(name)
                        ? landscape.idOf(new SystemName(name))
                        : Optional.<SystemId>empty();
        return new Addressed(
                id.orElseThrow(() -> Refusal.notFound("system", shown(name))),
                outside.payload(),
                author.apply(new SystemName(name)));
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }

    private Received receive(Tx tx, Addressed event) {
        var identity = identity(event.payload());
        var known = events.received(tx, identity).flatMap(hash -> events.find(tx, hash));
        if (known.isPresent()) {
            refuseElsewhere(known.get(), event);
            return new Received(known.get(), false);
        }
        var stored =
                log.append(
                        tx, event.system(), event.payload(), believed(event.payload()), event.by());
        events.saveReceived(tx, identity, stored.hash());
        return new Received(stored, true);
    }

    /// What another system received is not told to who may write to this one, nor taken for theirs.
    private static void refuseElsewhere(StoredEvent known, Addressed event) {
        if (!known.header().log().system().equals(event.system())) {
            throw Refusal.conflict(
                    "id-taken",
                    "an event with this source and id came before, for another system: give it a"
                            + " source or an id of its own");
        }
    }

    /// When it happened, as far as that can be: not later than now, and not ages ago. What the
    /// sender claims stays in the payload, and when it came in the header's `recordedAt`.
    private Instant believed(Payload.EventReceived payload) {
        var now = clock.instant();
        return Optional.ofNullable(payload.at())
                .filter(at -> !at.isAfter(now) && !at.isBefore(now.minus(OLDEST)))
                .orElse(now);
    }

    /// What makes it the same event, told again.
    public static Hash identity(Payload.EventReceived payload) {
        String named = payload.source().length() + ":" + payload.source() + payload.id();
        return Hash.of(
                Digests.sha256(
                        "recv1".getBytes(StandardCharsets.UTF_8),
                        named.getBytes(StandardCharsets.UTF_8)));
    }
}
