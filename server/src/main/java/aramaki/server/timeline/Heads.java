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

/// Signs the heads of logs that grew: every second, and once at stop.
public final class Heads implements Task {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private final Store store;
    private final EventStore events;
    private final SecretKey logKey;

    public Heads(Store store, EventStore events, SecretKey logKey) {
        this.store = store;
        this.events = events;
        this.logKey = logKey;
    }

    @Override
    public String name() {
        return "sign-heads";
    }

    @Override
    public Duration run(Instant now) {
        var ends = store.read(this::grown);
        var grown = ends.stream().map(e -> sign(e, now)).toList(); // not while the writer waits
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

    private List<Grown> grown(Tx tx) {
        return events.withoutHead(tx).stream()
                .map(log -> new Grown(log, events.end(tx, log)))
                .toList();
    }

    private Signed sign(Grown grown, Instant now) {
        var end = grown.end();
        var head = Head.sign(grown.log(), end.epoch(), end.seq(), end.hash(), now, logKey);
        return new Signed(grown.log(), end, Json.bytes(head));
    }

    private record Grown(LogId log, EventStore.End end) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signed(LogId log, EventStore.End end, byte[] envelope) {}
}
