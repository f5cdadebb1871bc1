package aramaki.server.web.view;

import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// How many leaves are in one state.
public record StateCount(StateBadge state, int number) {

    /// Worst first, without the states that nothing is in.
    public static List<StateCount> of(StateCounts counts) {
        return Arrays.stream(State.values())
                .sorted(Comparator.reverseOrder())
                .filter(s -> counts.of(s) > 0)
                .map(s -> new StateCount(StateBadge.of(s), counts.of(s)))
                .toList();
    }
}
