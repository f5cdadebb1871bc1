package aramaki.agent.policy;

import aramaki.model.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// The rule that only root may be able to change a file or to put another one in its place.
final class Ownership {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;

    private Ownership() {}

    /// Checks the file and every folder above it, both as it is named and where links lead.
    static void check(Path file) throws IOException {
        checkUpwards(file.toAbsolutePath().normalize());
        checkUpwards(file.toRealPath());
    }

    private static void checkUpwards(Path file) throws IOException {
        for (Path path = file; path != null; path = path.getParent()) {
            checkOne(path);
        }
    }

    private static void checkOne(Path path) throws IOException {
        long owner = attribute(path, "unix:uid");
        if (owner != 0) {
            throw refused(path, "belongs to user " + owner, "chown root " + path);
        }
        int mode = (int) attribute(path, "unix:mode");
        // Whoever may write a link's text owns it; its permission bits mean nothing. In a sticky
        // folder others may add files but not replace root's.
        boolean matters =
                !Files.isSymbolicLink(path) && !(Files.isDirectory(path) && (mode & STICKY) != 0);
        if (matters && (mode & WRITABLE_BY_OTHERS) != 0) {
            throw refused(path, "is writable by others", "chmod go-w " + path);
        }
    }

    private static long attribute(Path path, String name) throws IOException {
        return ((Number) Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    private static Refusal refused(Path path, String wrong, String right) {
        return new Refusal(
                Refusal.Reason.FORBIDDEN,
                "policy-not-safe",
                "the host's policy is not used, as "
                        + path
                        + " "
                        + wrong
                        + " and the agent is root: "
                        + right);
    }
}
