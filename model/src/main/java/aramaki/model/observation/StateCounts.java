package aramaki.model.observation;

import java.util.EnumMap;
import java.util.Map;

/// How many checks are in which state, over every leaf below a system.
public record StateCounts(Map<State, Integer> counts) {
    public StateCounts {
        counts = Map.copyOf(counts);
    }

    public static StateCounts of(Iterable<State> states) {
        var counts = new EnumMap<State, Integer>(State.class);
        states.forEach(s -> counts.merge(s, 1, Integer::sum));
        return new StateCounts(counts);
    }

    public int of(State state) {
        return counts.getOrDefault(state, 0);
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public State worst() {
        return State.worst(counts.keySet());
    }
}
