package aramaki.dist;

import aramaki.model.Refusal;
import aramaki.server.ServerSettings;
import aramaki.server.heartbeat.Target;
import aramaki.server.redaction.PayloadPolicy;
import aramaki.server.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `serve` and `up` have in common.
final class ServeOptions {
    /// Where the address of the heartbeat may stand.
    static final String HEARTBEAT_URL = "ARAMAKI_HEARTBEAT_URL";

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

    @Option(
            names = "--heartbeat",
            paramLabel = "URL",
            description = {
                "Ask for this address as long as the server is well, so that somebody notices when"
                        + " it is not.",
                "Better set by ARAMAKI_HEARTBEAT_URL: others on this machine can read options."
            })
    private Optional<String> heartbeat = Optional.empty();

    @Option(
            names = "--heartbeat-every",
            paramLabel = "SECONDS",
            description = "How often; by default every 60 seconds.")
    private Optional<Integer> heartbeatEvery = Optional.empty();

    @Option(
            names = "--keep-payloads",
            paramLabel = "TYPE=DAYS",
            description = {
                "What events of this type say is kept for so many days, such as event.received=90;"
                        + " by default for ever.",
                "Their headers are kept for ever, and the log goes on verifying. May be repeated."
            })
    private Map<String, Integer> keepPayloads = Map.of();

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Where settings stand; by default aramaki.yaml in the server's folder.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = {
                "Where everything is kept: sqlite, which is a file in the server's folder, or an"
                        + " address such as postgresql://db.example.org/aramaki.",
                "Better set in the file or by ARAMAKI_STORE."
            })
    private Optional<String> store = Optional.empty();

    @Mixin private ListenOptions listen = new ListenOptions();

    ServerSettings settings() {
        var options = new HashMap<>(listen.given());
        store.ifPresent(text -> options.put("--store", text));
        var read = SettingsReader.read(defaults(), file, System.getenv(), options);
        var policy = PayloadPolicy.FOR_EVER;
        for (var rule : keepPayloads.entrySet()) {
            policy = policy.with(rule.getKey(), Duration.ofDays(rule.getValue()));
        }
        var settings = read.with(policy);
        var every =
                heartbeatEvery
                        .map(Duration::ofSeconds)
                        .or(() -> settings.heartbeat().map(Target::every))
                        .orElse(Target.DEFAULT_EVERY);
        return heartbeat
                .map(url -> settings.with(Target.parse(url, every)))
                .or(
                        () ->
                                settings.heartbeat()
                                        .map(to -> settings.with(new Target(to.url(), every))))
                .orElse(settings);
    }

    private ServerSettings defaults() {
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
        return ServerSettings.of(
                data.toAbsolutePath().normalize(),
                port,
                systems.map(folder -> folder.toAbsolutePath().normalize()),
                owner(),
                ServerSettings.DEFAULT_SILENT_AFTER);
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
