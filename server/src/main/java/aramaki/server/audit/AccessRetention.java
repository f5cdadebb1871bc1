package aramaki.server.audit;

import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;

/// Forgets lines of the access log that are older than we keep; a little at a time, so that nobody
/// waits.
public final class AccessRetention implements Task {
    private static final int BATCH = 2000;
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(200);

    private final Store store;
    private final AccessLogStore entries;
    private final Duration keep;

    public AccessRetention(Store store, AccessLogStore entries, Duration keep) {
        this.store = store;
        this.entries = entries;
        this.keep = keep;
    }

    @Override
    public String name() {
        return "access-retention";
    }

    @Override
    public Duration run(Instant now) {
        int pruned = store.write(tx -> entries.prune(tx, now.minus(keep), BATCH));
        return pruned == BATCH ? BETWEEN_BATCHES : PAUSE;
    }
}
