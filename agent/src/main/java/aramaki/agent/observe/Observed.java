package aramaki.agent.observe;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.time.Instant;
import java.util.List;

/// What one run of a check saw, and when.
public record Observed(
        State state, String output, List<Metric> metrics, Instant started, Instant finished) {
    public Observed {
        metrics = List.copyOf(metrics);
    }

    static Observed of(Finding finding, Instant started, Instant finished) {
        return new Observed(
                finding.state(), finding.output(), finding.metrics(), started, finished);
    }
}
