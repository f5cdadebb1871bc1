package aramaki.server.observation;

import java.time.Duration;
import java.time.Instant;

/// How coarse metrics are kept once single results would be too many.
public enum Tier {
    FIVE_MINUTES(Duration.ofMinutes(5)),
    HOUR(Duration.ofHours(1));

    private final Duration step;

    Tier(Duration step) {
        this.step = step;
    }

    public Duration step() {
        return step;
    }

    /// The number of the slot that a moment lies in.
    public long slot(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), step.toSeconds());
    }

    public Instant begin(long slot) {
        return Instant.ofEpochSecond(slot * step.toSeconds());
    }
}
