package aramaki.agent;

import aramaki.agent.host.Pausing;
import aramaki.model.Refusal;
import aramaki.protocol.Base32;
import aramaki.protocol.agent.Pause;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `aramaki-agent pause`: for a while no checks and no alarm about their silence.
@Command(
        name = "pause",
        description =
                "Runs no checks for a while and keeps everybody from being alarmed by that;"
                        + " `pause off` goes on.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  aramaki-agent pause 30m --reason \"new disk\"", "  aramaki-agent pause off"})
final class PauseCommand implements Callable<Integer> {
    private static final long STEP_MILLIS = 100;
    private static final int STEPS = 50;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "LENGTH",
            description = "How long, such as 30m or 2h, at most 7d; or off.")
    private String length = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the timeline.")
    private String reason = "";

    @Option(names = "--data", paramLabel = "DIR", description = "The agent's folder.")
    private Optional<Path> data = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.at(data);
        home.identity();
        var now = InstantSource.system().instant();
        boolean off = length.equals("off");
        if (reason.length() > Pause.MAX_TEXT) {
            throw Refusal.invalid(
                    "bad-reason", "a reason has at most " + Pause.MAX_TEXT + " characters");
        }
        var wish = new Pausing.Wish(id(), now, off ? now : now.plus(length()), reason, who());
        Pausing.want(home.folder(), wish);
        var out = spec.commandLine().getOut();
        boolean running = new StatusFile(home.status()).running(now);
        if (running && !taken(home, wish.id())) {
            throw new Refusal(
                    Refusal.Reason.UNAVAILABLE,
                    "not-taken",
                    "the agent runs but has not taken the wish yet; see aramaki-agent status");
        }
        String what = off ? "checks run again" : "paused until " + wish.until();
        out.println(running ? what : what + ", from when the agent runs");
        if (running && !new StatusFile(home.status()).connected()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "the server cannot be reached: it learns of this when it can, and until"
                                    + " then it may alarm about the silence");
        }
        return AgentMain.DONE;
    }

    private Duration length() {
        var asked =
                Lengths.parse(length)
                        .orElseThrow(
                                () ->
                                        new CommandLine.ParameterException(
                                                spec.commandLine(),
                                                "\""
                                                        + length
                                                        + "\" is no length: write for instance"
                                                        + " 30m, 2h or off"));
        if (asked.compareTo(Pause.LONGEST) > 0) {
            throw Refusal.invalid("bad-pause", "a pause lasts at most 7d");
        }
        return asked;
    }

    private static boolean taken(Home home, String id) throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        for (int step = 0; step < STEPS; step++) {
            if (Pausing.read(home.folder()).filter(p -> p.id().equals(id)).isPresent()) {
                return true;
            }
            if (never.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private static String id() {
        byte[] bytes = new byte[10];
        new SecureRandom().nextBytes(bytes);
        return "u_" + Base32.encode(bytes);
    }

    /// The person behind sudo, where there is one.
    private static String who() {
        String user = System.getProperty("user.name", "?");
        String behind = Optional.ofNullable(System.getenv("SUDO_USER")).orElse("");
        String name = behind.isBlank() || behind.equals(user) ? user : behind + " as " + user;
        return name.substring(0, Math.min(name.length(), 100)) + " on the host";
    }
}
