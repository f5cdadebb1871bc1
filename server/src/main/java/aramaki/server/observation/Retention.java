package aramaki.server.observation;

import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;

/// Forgets single results that are older than we keep; a little at a time, so that nobody waits.
public final class Retention implements Task {
    private static final int BATCH = 2000;
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(200);

    private final Store store;
    private final ObservationStore observations;
    private final Duration keep;

    public Retention(Store store, ObservationStore observations, Duration keep) {
        this.store = store;
        this.observations = observations;
        this.keep = keep;
    }

    @Override
    public String name() {
        return "result-retention";
    }

    @Override
    public Duration run(Instant now) {
        int deleted = store.write(tx -> observations.prune(tx, now.minus(keep), BATCH));
        return deleted == BATCH ? BETWEEN_BATCHES : PAUSE;
    }
}
