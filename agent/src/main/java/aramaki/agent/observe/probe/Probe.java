package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.State;
import java.io.IOException;

/// One look at something, its parameters understood.
interface Probe {
    Finding find() throws IOException, InterruptedException;

    /// What it means when no answer came in time: that we could not tell, unless answering in time
    /// is what we ask for.
    default State silence() {
        return State.UNKNOWN;
    }

    /// Its finding becomes a result; one that came too late does not.
    default void taken() {}
}
