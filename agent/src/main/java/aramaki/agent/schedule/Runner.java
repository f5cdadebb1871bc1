package aramaki.agent.schedule;

import aramaki.agent.observe.Observed;
import aramaki.protocol.agent.ServerMessage.Assignment;

/// What runs one check once and tells what it saw. It blocks until done and has its own time limit.
@FunctionalInterface
public interface Runner {
    /// Interrupted, it ends what it started and tells nothing.
    Observed run(Assignment assignment) throws InterruptedException;
}
