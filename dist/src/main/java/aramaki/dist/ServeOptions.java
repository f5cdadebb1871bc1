package aramaki.dist;

import aramaki.model.Refusal;
import aramaki.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What `serve` and `up` have in common.
final class ServeOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's folder; by default ~/.local/share/aramaki.")
    private Path data = defaultData();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where to listen on loopback; by default ${DEFAULT-VALUE}, 0 takes any.")
    private int port = ServerSettings.DEFAULT_PORT;

    @Option(
            names = "--systems",
            paramLabel = "DIR",
            description = "A folder in which each subfolder is a system.")
    private Optional<Path> systems = Optional.empty();

    ServerSettings settings() {
        if (port < 0 || port > 65_535) {
            throw Refusal.invalid("bad-port", "--port " + port + ": ports go from 0 to 65535");
        }
        systems.filter(folder -> !Files.isDirectory(folder))
                .ifPresent(
                        folder -> {
                            throw Refusal.invalid(
                                    "no-systems-folder",
                                    "--systems " + folder + ": there is no such folder");
                        });
        return new ServerSettings(
                data.toAbsolutePath().normalize(),
                port,
                systems.map(folder -> folder.toAbsolutePath().normalize()),
                owner(),
                ServerSettings.DEFAULT_SILENT_AFTER,
                ServerSettings.DEFAULT_KEEP_RESULTS,
                ServerSettings.DEFAULT_KEEP_FIVE_MINUTES,
                ServerSettings.DEFAULT_KEEP_HOURS);
    }

    static Path defaultData() {
        return Optional.ofNullable(System.getenv("XDG_DATA_HOME"))
                .filter(s -> !s.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".local", "share"))
                .resolve("aramaki");
    }

    /// The name of whoever starts it first, as far as it is a name.
    private static String owner() {
        String name =
                System.getProperty("user.name", "owner")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]", "-");
        return name.matches("[a-z0-9].*") ? name : "owner";
    }
}
