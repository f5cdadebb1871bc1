package aramaki.model.observation;

import java.time.Instant;
import java.util.List;

/// One result as the agent made it.
///
/// @param due when the schedule wanted it
/// @param started when the run began
/// @param finished when the run ended; this is the time the observation is *at*
public record Observation(
        CheckKey key,
        State state,
        String output,
        List<Metric> metrics,
        Instant due,
        Instant started,
        Instant finished) {

    public Observation {
        metrics = List.copyOf(metrics);
    }
}
