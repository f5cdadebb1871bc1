package aramaki.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// npm's `oidc-provider`, the certified one, run by Node on this host. It is installed once, by its
/// lock file, and kept while that stays the same.
final class OrganisationProvider implements AutoCloseable {
    private static final Path SOURCE =
            Checkout.root().resolve("scenarios/src/test/resources/oidc-provider");
    private static final Path HERE =
            Checkout.root().resolve("scenarios/target/oidc-provider").toAbsolutePath();
    private static final Path INSTALLED = HERE.resolve("installed.json");
    private static final String LOCK = "package-lock.json";
    private static final long INSTALLING_SECONDS = 300;

    private final Program program;

    /// @param callback where it may send browsers back to
    OrganisationProvider(int port, String callback, String secret) throws Exception {
        install();
        program =
                Program.start(
                        new ProcessBuilder(
                                        "node",
                                        "provider.js",
                                        Integer.toString(port),
                                        callback,
                                        secret)
                                .directory(HERE.toFile()));
        program.says("ready: ", Duration.ofSeconds(30));
    }

    static String issuer(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(HERE);
        for (String file : List.of("package.json", LOCK, "provider.js")) {
            Files.copy(
                    SOURCE.resolve(file), HERE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(INSTALLED) && Files.mismatch(INSTALLED, HERE.resolve(LOCK)) < 0) {
            return;
        }
        var npm =
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(HERE.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(HERE.resolve("npm.log").toFile())
                        .start();
        if (!npm.waitFor(INSTALLING_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException(
                    "npm ci failed: " + Files.readString(HERE.resolve("npm.log")));
        }
        Files.copy(HERE.resolve(LOCK), INSTALLED, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        program.close();
    }
}
