package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Observation;
import aramaki.model.observation.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A result that a program hands in, instead of an agent.
///
/// @param at when it was made; empty for now
public record Submitted(
        CheckKey key, State state, String output, List<Metric> metrics, Optional<Instant> at) {

    public Submitted {
        metrics = List.copyOf(metrics);
    }

    Observation observation(Instant now) {
        var made = at.orElse(now);
        return new Observation(key, state, Wellformed.text(output), metrics, made, made, made);
    }
}
