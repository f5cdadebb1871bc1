package aramaki.server.observation;

import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;

/// Forgets single results and spans that are older than we keep; a little at a time, so that nobody
/// waits.
public final class Retention implements Task {
    private static final int BATCH = 2000;
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(200);

    private final Store store;
    private final ObservationStore observations;
    private final PastStore past;
    private final Duration keep;
    private final Duration keepSpans;

    /// @param keep single results
    /// @param keepSpans what is drawn of the past
    public Retention(
            Store store,
            ObservationStore observations,
            PastStore past,
            Duration keep,
            Duration keepSpans) {
        this.store = store;
        this.observations = observations;
        this.past = past;
        this.keep = keep;
        this.keepSpans = keepSpans;
    }

    @Override
    public String name() {
        return "result-retention";
    }

    @Override
    public Duration run(Instant now) {
        int results = store.write(tx -> observations.prune(tx, now.minus(keep), BATCH));
        int spans =
                store.write(
                        tx -> {
                            past.pruneRuns(tx, now.minus(keepSpans));
                            return past.pruneSpans(tx, now.minus(keepSpans), BATCH);
                        });
        return results == BATCH || spans == BATCH ? BETWEEN_BATCHES : PAUSE;
    }
}
