package aramaki.agent;

import aramaki.agent.log.Log;
import aramaki.agent.simulate.Profile;
import aramaki.agent.simulate.Simulation;
import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `aramaki-agent simulate`: many agents that speak the real protocol and run nothing.
@Command(
        name = "simulate",
        description = "Simulates agents against a real server and measures it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  aramaki-agent simulate --agents 100 --every 5s"})
final class SimulateCommand implements Callable<Integer> {
    private static final int MAX_LINES = 50;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--agents", paramLabel = "N", defaultValue = "10", description = "How many.")
    private int agents;

    @Option(
            names = "--checks",
            paramLabel = "M",
            defaultValue = "10",
            description = "Checks of each agent.")
    private int checks;

    @Option(
            names = "--every",
            paramLabel = "D",
            defaultValue = "10s",
            converter = DurationText.class,
            description = "Interval of each check.")
    private Duration every = Duration.ofSeconds(10);

    @Option(names = "--server", paramLabel = "URL", description = "By default the local profile's.")
    private Optional<String> server = Optional.empty();

    @Option(names = "--token-file", paramLabel = "F", description = "By default the profile's.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--system",
            paramLabel = "NAME",
            defaultValue = "simulated",
            description = "The system to make or to use.")
    private String system = "simulated";

    @Option(
            names = "--systems",
            paramLabel = "K",
            defaultValue = "1",
            description = "Spread the agents over K systems, called NAME-1 and so on.")
    private int systems = 1;

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            defaultValue = "sim",
            description = "Agents are called NAME-0001 and so on.")
    private String prefix = "sim";

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description = "Where the agents connect, such as a relay; by default to the server.")
    private Optional<URI> connect = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "D",
            converter = DurationText.class,
            description = "How long, once all have come; by default until Ctrl-C.")
    private Duration runFor = Duration.ZERO;

    @Option(
            names = "--start-over",
            paramLabel = "D",
            converter = DurationText.class,
            description = "The time over which the agents come.")
    private Duration startOver = Duration.ZERO;

    @Option(
            names = "--change",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Share of results in another state than the one before.")
    private double change;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the states.")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the agents here; by default in a folder that is removed.")
    private Optional<Path> data = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (agents < 1
                || checks < 1
                || systems < 1
                || systems > agents
                || every.isZero()
                || change < 0
                || change > 1) {
            throw Refusal.invalid(
                    "bad-simulation",
                    "--agents and --checks are at least 1, --systems is 1 to --agents, --every is"
                            + " above 0, --change is 0 to 1");
        }
        var clock = InstantSource.system();
        var profile = Profile.find(server, tokenFile, Profile.usualFolder());
        var what =
                new Simulation.Spec(
                        agents,
                        checks,
                        every,
                        Names.require("system", system),
                        systems,
                        Names.require("agent", prefix),
                        connect,
                        startOver,
                        runFor,
                        change,
                        seed);
        Path folder = data.isPresent() ? data.get() : Files.createTempDirectory("aramaki-simulate");
        var stop = new PlannedStop();
        try (var http = SharedHttp.open()) {
            var err = spec.commandLine().getErr();
            var simulation = new Simulation(what, profile, folder, http, clock, err, brief(clock));
            var summary = simulation.run(stop::asked);
            spec.commandLine().getOut().println(Json.text(summary));
            spec.commandLine().getOut().flush();
            http.shutdownNow();
        } finally {
            if (data.isEmpty()) {
                remove(folder);
            }
            stop.done();
        }
        return AgentMain.DONE;
    }

    /// A thousand agents say the same a thousand times; the first lines tell it.
    private static Log brief(InstantSource clock) {
        var log = Log.to(System.err, clock);
        var lines = new AtomicInteger();
        return (level, message, facts) -> {
            if (level != Log.Level.INFO && lines.incrementAndGet() <= MAX_LINES) {
                log.say(level, message, facts);
            }
        };
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Durations as in a system's files: `500ms`, `30s`, `5m`, `2h`, `7d`.
    static final class DurationText implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

        @Override
        public Duration convert(String text) {
            var matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no duration: write 500ms, 30s, 5m, 2h or 7d");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
    }
}
