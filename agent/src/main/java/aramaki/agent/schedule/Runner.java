package aramaki.agent.schedule;

import aramaki.agent.observe.Observed;
import aramaki.model.observation.CheckKey;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.time.Instant;

/// What runs one check once and tells what it saw. It blocks until done and has its own time limit.
@FunctionalInterface
public interface Runner {
    /// Interrupted, it ends what it started and tells nothing.
    Observed run(Assignment assignment) throws InterruptedException;

    /// The result of the run that began then is on disk.
    default void kept(CheckKey check, Instant started) {}

    /// The result of the run that began then was given up.
    default void lost(CheckKey check, Instant started) {}
}
