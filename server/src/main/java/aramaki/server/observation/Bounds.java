package aramaki.server.observation;

import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a single result must keep to, whoever sends it.
final class Bounds {
    static final int MAX_OUTPUT = 128 * 1024;
    static final int MAX_METRICS = 1000;
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private Bounds() {}

    static void check(Observation observation, Instant now) {
        if (observation.output().length() > MAX_OUTPUT
                || observation.metrics().size() > MAX_METRICS) {
            throw Refusal.invalid(
                    "too-large",
                    "output is at most "
                            + MAX_OUTPUT
                            + " characters, and metrics at most "
                            + MAX_METRICS);
        }
        if (!observation.metrics().stream().allMatch(Bounds::finite)) {
            throw Refusal.invalid("bad-metric", "the value of a metric is a finite number");
        }
        if (observation.finished().isAfter(now.plus(MAX_AHEAD))) {
            throw Refusal.invalid(
                    "from-the-future",
                    "made at "
                            + observation.finished()
                            + ", but it is "
                            + now
                            + " here: set the agent's clock");
        }
    }

    private static boolean finite(Metric metric) {
        return Stream.of(metric.value(), metric.min(), metric.max())
                .allMatch(v -> v.isEmpty() || Double.isFinite(v.getAsDouble()));
    }

    /// Whether something can have been then, as far as we know the time.
    static boolean possible(@Nullable Instant at, Instant now) {
        return at != null && !at.isBefore(Instant.EPOCH) && !at.isAfter(now.plus(MAX_AHEAD));
    }
}
