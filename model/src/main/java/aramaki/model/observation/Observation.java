package aramaki.model.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One result as the agent made it.
///
/// @param due when the schedule wanted it
/// @param started when the run began
/// @param finished when the run ended; this is the time the observation is *at*
/// @param pushedTtl for a result that a program brought by itself: how long until silence means
///     *stale*, where no system declares the check
public record Observation(
        CheckKey key,
        State state,
        String output,
        List<Metric> metrics,
        Instant due,
        Instant started,
        Instant finished,
        Optional<Duration> pushedTtl) {

    public Observation {
        metrics = List.copyOf(metrics);
    }

    /// What a check of a system saw.
    public Observation(
            CheckKey key,
            State state,
            String output,
            List<Metric> metrics,
            Instant due,
            Instant started,
            Instant finished) {
        this(key, state, output, metrics, due, started, finished, Optional.empty());
    }
}
