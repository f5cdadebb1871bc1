package aramaki.server.timeline;

import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.HybridTime;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The one way an event comes into a log: in order, chained, within the unit of work that caused
/// it.
public final class EventLog {
    private final EventStore events;
    private final EventFeed feed;
    private final Gate gate;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private HybridTime last =
            HybridTime.ZERO; // only touched inside writes, which are one at a time
    private volatile long epoch;

    public EventLog(EventStore events, EventFeed feed, Gate gate, InstantSource clock) {
        this.events = events;
        this.feed = feed;
        this.gate = gate;
        this.clock = clock;
    }

    /// Goes on from the latest time the store knows, so that order survives a clock that went back,
    /// and in the epoch it is in.
    public void start(Store store) {
        last = store.read(events::lastRecorded);
        epoch = store.read(events::epoch);
    }

    /// Appends what happened `at` to the log of its class.
    public StoredEvent append(Tx tx, SystemId system, Payload payload, Instant at, By by) {
        return appendBytes(tx, system, payload, Json.bytes(payload), at, by);
    }

    /// The first event of a new system; its payload's hash is the system's id.
    public StoredEvent create(Tx tx, Payload.SystemCreated created, By by) {
        byte[] bytes = Json.bytes(created);
        return appendBytes(tx, EventBytes.systemId(bytes), created, bytes, created.createdAt(), by);
    }

    private StoredEvent appendBytes(
            Tx tx, SystemId system, Payload payload, byte[] bytes, Instant at, By by) {
        gate.pass(tx, by, clock.instant());
        var log = new LogId(system, payload.type().eventClass());
        var end = events.end(tx, log);
        boolean anew = epoch > end.epoch(); // it still chains to what is left of the one before
        byte[] salt = new byte[EventBytes.SALT];
        random.nextBytes(salt);
        last = last.next(clock.instant());
        byte[] header =
                EventBytes.header(
                        new EventHeader(
                                log,
                                anew ? epoch : end.epoch(),
                                anew ? 1 : end.seq() + 1,
                                end.hash(),
                                payload.type().word(),
                                at,
                                last,
                                by.actor(),
                                by.grant(),
                                Optional.empty(),
                                EventBytes.payloadHash(salt, bytes)));
        var event = StoredEvent.of(0, header, salt, bytes);
        var stored = event.at(events.append(tx, event));
        Caused.current().ifPresent(caused -> tx.afterCommit(() -> caused.add(stored.hash())));
        tx.afterCommit(() -> feed.tell(stored));
        return stored;
    }
}
