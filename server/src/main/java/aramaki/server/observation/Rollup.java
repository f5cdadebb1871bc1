package aramaki.server.observation;

import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The state of a system from its own checks and those of everything below, each counted once.
///
/// @param own the worst of its own checks; pending when it has none
/// @param counts over its own checks and every layer below
/// @param since when the worst state was reached
/// @param oldest when the oldest of the newest results came in: how far this can be believed
public record Rollup(
        State own, StateCounts counts, Optional<Instant> since, Optional<Instant> oldest) {

    public static Rollup of(
            SystemName system, SystemGraph graph, Map<SystemName, List<CheckStatus>> statuses) {
        var own = statuses.getOrDefault(system, List.of());
        var all = new ArrayList<>(own);
        graph.below(system).forEach(s -> all.addAll(statuses.getOrDefault(s, List.of())));
        var counts = StateCounts.of(all.stream().map(CheckStatus::state).toList());
        var worst = counts.worst();
        return new Rollup(
                State.worst(own.stream().map(CheckStatus::state).toList()),
                counts,
                all.stream()
                        .filter(s -> s.state() == worst)
                        .flatMap(s -> s.since().stream())
                        .min(Instant::compareTo),
                all.stream().flatMap(s -> s.seenAt().stream()).min(Instant::compareTo));
    }

    public State worst() {
        return counts.worst();
    }
}
