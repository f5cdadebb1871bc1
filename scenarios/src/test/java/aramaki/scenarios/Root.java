package aramaki.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What only the user root may do.
final class Root {
    private Root() {}

    /// Fails in words: a fault that is not tried must not look like one that was survived.
    static void required(String why) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new AssertionError("missing: this test must run as root, since it " + why);
        }
    }

    /// Runs a command to its end, and answers what it said.
    static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
