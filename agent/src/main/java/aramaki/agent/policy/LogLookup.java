package aramaki.agent.policy;

import aramaki.model.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Decides which files the probe `log` may read. It sends lines to the server, so that without a
/// limit a server could read whatever the agent can.
///
/// @param root the agent is root, and could read everything
record LogLookup(HostPolicy policy, boolean root) {
    Path find(Path path) {
        // Where any program may run with these same rights, one that prints files may too.
        if (policy.checks() == HostPolicy.Checks.ANY && !root) {
            return path;
        }
        Path real = real(path);
        if (policy.logFolders().stream().noneMatch(folder -> real.startsWith(real(folder)))) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "host-policy",
                    "this host's policy lets the probe log read in "
                            + policy.logFolders().stream()
                                    .map(Path::toString)
                                    .collect(Collectors.joining(", "))
                            + " only, and not "
                            + path
                            + (real.equals(path.normalize()) ? "" : ", which is " + real)
                            + "; logFolders in its policy.yaml adds folders");
        }
        return path;
    }

    /// Of what is not there, the nearest folder that is.
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path at = whole; at != null; at = at.getParent()) {
            try {
                if (Files.exists(at)) {
                    return at.toRealPath().resolve(at.relativize(whole));
                }
            } catch (IOException e) {
                continue;
            }
        }
        return whole;
    }
}
