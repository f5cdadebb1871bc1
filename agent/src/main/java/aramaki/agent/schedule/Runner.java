package aramaki.agent.schedule;

import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.time.Instant;
import java.util.List;

/// What runs one check once and tells what it saw. It blocks until done and has its own time limit.
@FunctionalInterface
public interface Runner {
    /// Interrupted, it ends what it started and gives no outcome.
    Outcome run(Assignment assignment) throws InterruptedException;

    /// What one run saw.
    record Outcome(
            State state, String output, List<Metric> metrics, Instant started, Instant finished) {
        public Outcome {
            metrics = List.copyOf(metrics);
        }
    }
}
