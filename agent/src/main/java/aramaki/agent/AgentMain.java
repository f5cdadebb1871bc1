package aramaki.agent;

import aramaki.agent.observe.CheckRunner;
import aramaki.agent.observe.Observed;
import aramaki.agent.policy.HostPolicy;
import aramaki.agent.schedule.Runner;
import aramaki.console.CompletionCommand;
import aramaki.console.HelpLayout;
import aramaki.console.ManualCommand;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;

/// The program `aramaki-agent`.
@Command(
        name = "aramaki-agent",
        description = "Watches this host for the systems it was invited to.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class,
        exitCodeOnInvalidInput = AgentMain.USAGE,
        exitCodeOnExecutionException = AgentMain.FAILED,
        synopsisSubcommandLabel = "COMMAND")
public final class AgentMain {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int REFUSED = 3;

    private AgentMain() {}

    public static void main(String[] args) {
        // A library would else say at its first use that it has nowhere to log to.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commands(AgentMain::checks).execute(args));
    }

    /// The whole command line, with checks run as given.
    public static CommandLine commands(CheckRunning checks) {
        var commands =
                new CommandLine(new AgentMain())
                        .addSubcommand(new JoinCommand())
                        .addSubcommand(new RunCommand(checks))
                        .addSubcommand(new StatusCommand())
                        .addSubcommand(new PauseCommand())
                        .addSubcommand(new PolicyCommand())
                        .addSubcommand(new SimulateCommand())
                        .addSubcommand(new CompletionCommand(false))
                        .addSubcommand(new ManualCommand(AgentTopics.ALL, false, Map.of()));
        HelpLayout.apply(commands, AgentTopics.GROUPS);
        commands.setExecutionStrategy(AgentMain::run);
        commands.setExecutionExceptionHandler((e, line, _) -> failed(e, line));
        return commands;
    }

    private static CheckRunning.Prepared checks(Path policyFile, Path folder) {
        var policy = HostPolicy.load(policyFile);
        var checks = CheckRunner.of(policy, folder, InstantSource.system());
        return new CheckRunning.Prepared(new Checks(checks), policy.summary(), policy);
    }

    /// Real checks, as the schedule runs them.
    private record Checks(CheckRunner checks) implements Runner {
        @Override
        public Observed run(Assignment assignment) throws InterruptedException {
            return checks.run(assignment);
        }

        @Override
        public void kept(CheckKey check, Instant started) {
            checks.kept(check, started);
        }

        @Override
        public void lost(CheckKey check, Instant started) {
            checks.lost(check, started);
        }
    }

    /// A program or runtime that lacks a part is told in words, like everything else that is wrong.
    private static int run(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (LinkageError e) {
            throw new ExecutionException(
                    parsed.commandSpec().commandLine(), "incomplete", incomplete(e));
        }
    }

    private static Refusal incomplete(LinkageError e) {
        String part = e instanceof NoClassDefFoundError ? "has no " + e.getMessage() : e.toString();
        return Refusal.unavailable(
                "incomplete",
                "this installation is incomplete (it "
                        + part
                        + "): the agent needs a whole Java 25, or a runtime made for it, and every"
                        + " file of its folder lib");
    }

    private static int failed(Exception e, CommandLine line) {
        line.getErr().println("aramaki-agent: " + words(e));
        return e instanceof Refusal refusal
                        && refusal.reason() != Refusal.Reason.UNAVAILABLE
                        && refusal.reason() != Refusal.Reason.LIMITED
                ? REFUSED
                : FAILED;
    }

    private static String words(@Nullable Throwable e) {
        return switch (e) {
            case null -> "failed";
            case Refusal refusal -> refusal.text();
            case UncheckedIOException io -> io.getMessage() + ": " + words(io.getCause());
            case java.nio.file.AccessDeniedException denied ->
                    "no permission for " + denied.getFile();
            case java.nio.file.NoSuchFileException missing ->
                    "there is no file " + missing.getFile();
            case IOException io -> Optional.ofNullable(io.getMessage()).orElse("I/O error");
            case InterruptedException _ -> "interrupted";
            default -> "a fault of this program: " + e;
        };
    }
}
