package aramaki.server.timeline;

import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.log.Head;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;

/// Signs the heads of logs that grew. Runs a second after the last poke and once at stop, so a log
/// costs at most one signature a second.
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
        var grown = store.read(events::withoutHead);
        if (!grown.isEmpty()) {
            store.write(
                    tx -> {
                        for (LogId log : grown) {
                            var end = events.end(tx, log);
                            var head =
                                    Head.sign(log, end.epoch(), end.seq(), end.hash(), now, logKey);
                            events.saveHead(tx, log, end.epoch(), end.seq(), Json.bytes(head));
                        }
                        return grown.size();
                    });
        }
        return PAUSE;
    }
}
