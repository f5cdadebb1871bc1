package aramaki.agent.observe.finding;

import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.util.List;

/// What one run of a plugin or a probe found out.
public record Finding(State state, String output, List<Metric> metrics) {
    public Finding {
        metrics = List.copyOf(metrics);
    }

    public static Finding of(State state, String output) {
        return new Finding(state, output, List.of());
    }

    /// It could not be found out, and this is why.
    public static Finding unknown(String why) {
        return of(State.UNKNOWN, why);
    }
}
