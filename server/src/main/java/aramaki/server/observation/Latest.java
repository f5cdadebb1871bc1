package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one check on one entity counts as now.
///
/// @param lastState what it was before it went stale; equal to `state` otherwise
/// @param since when it came into this state
/// @param seenAt when the newest observation was made
/// @param badInARow bad results since the last good one; below the check's attempts they do not
///     count
/// @param observation number of the newest observation
/// @param agent id of the agent that made it
/// @param trail what it remembers of the results before
public record Latest(
        CheckKey key,
        State state,
        State lastState,
        Optional<StaleBecause> because,
        Instant since,
        Instant seenAt,
        int badInARow,
        String output,
        List<Metric> metrics,
        long observation,
        String agent,
        Trail trail) {

    /// The same, but fallen silent at `now`.
    Latest gone(StaleBecause why, Instant now) {
        return new Latest(
                key,
                State.STALE,
                lastState,
                Optional.of(why),
                now,
                seenAt,
                badInARow,
                output,
                metrics,
                observation,
                agent,
                trail.silent());
    }

    public boolean flapping() {
        return trail.flapping().now();
    }

    Latest with(Trail another) {
        return new Latest(
                key,
                state,
                lastState,
                because,
                since,
                seenAt,
                badInARow,
                output,
                metrics,
                observation,
                agent,
                another);
    }
}
