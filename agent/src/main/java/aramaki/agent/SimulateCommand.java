package aramaki.agent;

import aramaki.agent.ledger.Comparison;
import aramaki.agent.ledger.Ledger;
import aramaki.agent.log.Log;
import aramaki.agent.simulate.Profile;
import aramaki.agent.simulate.Simulation;
import aramaki.agent.simulate.Verification;
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
import java.util.Locale;
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
        footer = {
            "  aramaki-agent simulate --agents 100 --every 5s",
            "  aramaki-agent simulate --data crowd --ledger crowd.ledger --for 10m",
            "  aramaki-agent simulate --verify crowd.ledger"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int MAX_LINES = 50;
    private static final Duration LEDGER_DRAIN = Duration.ofSeconds(10);

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

    @Option(
            names = "--ttl",
            paramLabel = "D",
            converter = DurationText.class,
            description = "How long a check may be silent; by default twice --every and 10s.")
    private Duration ttl = Duration.ZERO;

    @Option(
            names = "--ledger",
            paramLabel = "F",
            description = "Write down what was made and acknowledged, or go on with it.")
    private Optional<Path> ledger = Optional.empty();

    @Option(
            names = "--drain",
            paramLabel = "D",
            converter = DurationText.class,
            description =
                    "Wait so long at the end for acknowledgements; by default 10s with --ledger.")
    private Optional<Duration> drain = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Authorities, as PEM, that are believed about the server's certificate.")
    private Optional<Path> authorities = Optional.empty();

    @Option(
            names = "--verify",
            paramLabel = "F",
            description = "Simulate nothing: compare the ledger F with what the server has.")
    private Optional<Path> verify = Optional.empty();

    @Option(
            names = "--within",
            paramLabel = "D",
            defaultValue = "10s",
            converter = DurationText.class,
            description = "With --verify: look again for so long until both agree.")
    private Duration within = Duration.ofSeconds(10);

    @Option(
            names = "--allow-gaps",
            description = "With --verify: what the server tells as a gap may be missing.")
    private boolean allowGaps;

    @Option(names = "--json", description = "With --verify: one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return verify.isPresent() ? verify(verify.get()) : simulate();
    }

    private int verify(Path file) throws IOException, InterruptedException {
        var clock = InstantSource.system();
        var profile = Profile.find(server, tokenFile, Profile.usualFolder());
        var stop = new PlannedStop();
        try (var http = SharedHttp.open(authorities)) {
            var verification = new Verification(http, profile, file, allowGaps);
            var end = clock.instant().plus(within);
            var outcome = verification.run();
            while (!outcome.disagreements().isEmpty()
                    && clock.instant().isBefore(end)
                    && !stop.asked(Duration.ofSeconds(1))) {
                outcome = verification.run();
            }
            http.shutdownNow();
            tell(outcome);
            return outcome.disagreements().isEmpty() ? AgentMain.DONE : AgentMain.FAILED;
        } finally {
            stop.done();
        }
    }

    private void tell(Comparison.Outcome outcome) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(outcome));
        } else {
            outcome.disagreements().forEach(out::println);
            spec.commandLine()
                    .getErr()
                    .printf(
                            Locale.ROOT,
                            "%d made, %d acknowledged; the server has %d, refused %d, was told %d"
                                    + " as gaps; %d alerts; %s%n",
                            outcome.made(),
                            outcome.acked(),
                            outcome.results(),
                            outcome.refused(),
                            outcome.gaps(),
                            outcome.alerts(),
                            outcome.disagreements().isEmpty()
                                    ? "they agree"
                                    : outcome.disagreements().size() + " disagreements");
        }
        out.flush();
    }

    private int simulate() throws IOException, InterruptedException {
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
                        seed,
                        ttl,
                        drain.orElse(ledger.isPresent() ? LEDGER_DRAIN : Duration.ZERO));
        Path folder = data.isPresent() ? data.get() : Files.createTempDirectory("aramaki-simulate");
        var stop = new PlannedStop();
        try (var http = SharedHttp.open(authorities);
                var book = ledger.isPresent() ? open(ledger.get(), what, clock) : null) {
            var err = spec.commandLine().getErr();
            var simulation =
                    new Simulation(
                            what,
                            profile,
                            folder,
                            Optional.ofNullable(book),
                            http,
                            clock,
                            err,
                            brief(clock));
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

    private static Ledger open(Path file, Simulation.Spec what, InstantSource clock)
            throws IOException {
        return Ledger.open(file, what.silence(), clock);
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
