package aramaki.agent;

import aramaki.agent.policy.HostPolicy;
import aramaki.agent.schedule.Runner;
import java.io.IOException;
import java.nio.file.Path;

/// How this program comes to a runner of real checks under the host's policy.
@FunctionalInterface
public interface CheckRunning {
    /// @param folder the agent's own
    Prepared open(Path policyFile, Path folder) throws IOException;

    /// A runner and the policy it obeys, also in one line.
    record Prepared(Runner runner, String policy, HostPolicy allowed) {}
}
