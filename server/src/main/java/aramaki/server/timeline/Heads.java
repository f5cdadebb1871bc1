package aramaki.server.timeline;

import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.log.Head;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Signs the heads of logs that grew: every second, and once at stop.
public final class Heads implements Task {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private final Store store;
    private final EventStore events;
    private final Supplier<SecretKey> logKey;
    private final Lock unchanging;

    /// With a key that stays.
    public Heads(Store store, EventStore events, SecretKey logKey) {
        this(store, events, () -> logKey, new ReentrantLock());
    }

    /// @param logKey the one of now
    /// @param unchanging held while it must stay the same: a key that is being replaced signs
    // nothing
    ///     beyond where the logs ended then
    public Heads(Store store, EventStore events, Supplier<SecretKey> logKey, Lock unchanging) {
        this.store = store;
        this.events = events;
        this.logKey = logKey;
        this.unchanging = unchanging;
    }

    @Override
    public String name() {
        return "sign-heads";
    }

    @Override
    public Duration run(Instant now) {
        var grown = signed(now); // not while the writer waits
        if (!grown.isEmpty()) {
            store.write(
                    tx -> {
                        grown.forEach(
                                h ->
                                        events.saveHead(
                                                tx,
                                                h.log(),
                                                h.end().epoch(),
                                                h.end().seq(),
                                                h.envelope()));
                        return grown.size();
                    });
        }
        return PAUSE;
    }

    private List<Signed> signed(Instant now) {
        unchanging.lock();
        try {
            var key = logKey.get();
            return store.read(this::grown).stream().map(end -> sign(end, now, key)).toList();
        } finally {
            unchanging.unlock();
        }
    }

    private List<Grown> grown(Tx tx) {
        return events.withoutHead(tx).stream()
                .map(log -> new Grown(log, events.end(tx, log)))
                .toList();
    }

    private static Signed sign(Grown grown, Instant now, SecretKey key) {
        var end = grown.end();
        var head = Head.sign(grown.log(), end.epoch(), end.seq(), end.hash(), now, key);
        return new Signed(grown.log(), end, Json.bytes(head));
    }

    private record Grown(LogId log, EventStore.End end) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signed(LogId log, EventStore.End end, byte[] envelope) {}
}
