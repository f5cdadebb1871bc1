package aramaki.cli;

import aramaki.cli.admin.AdminCommand;
import aramaki.cli.admin.Offline;
import aramaki.cli.agent.AgentCommand;
import aramaki.cli.alert.AlertCommand;
import aramaki.cli.api.ExitCode;
import aramaki.cli.audit.AuditCommand;
import aramaki.cli.check.CheckCommand;
import aramaki.cli.complete.CompleteNames;
import aramaki.cli.entity.EntityCommand;
import aramaki.cli.grant.GrantCommand;
import aramaki.cli.observation.ObservationCommand;
import aramaki.cli.person.PersonCommand;
import aramaki.cli.person.PersonCommands;
import aramaki.cli.shell.Shell;
import aramaki.cli.silence.SilenceCommand;
import aramaki.cli.system.SystemCommand;
import aramaki.cli.timeline.TimelineCommand;
import aramaki.cli.token.TokenCommand;
import aramaki.cli.watch.WatchCommand;
import aramaki.console.CompletionCommand;
import aramaki.console.HelpLayout;
import aramaki.console.ManualCommand;
import aramaki.console.Topics;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/// The command line client. A program around it may add commands of its own before it runs.
public final class Cli {
    private static final int WIDEST_HELP = 100;

    private final Shell shell;
    private final Optional<Offline> offline;

    public Cli(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    /// Runs one command of this process, and returns its exit code.
    public static int run(String[] args) {
        return new Cli(Shell.ofProcess(), Optional.empty()).commandLine().execute(args);
    }

    /// What holds for every command.
    public static Topics topics() {
        return ProgramTopics.ALL;
    }

    public Shell shell() {
        return shell;
    }

    /// The command `aramaki` with every noun, and `more` commands (picocli's), which accept the
    /// global options too and whose refusals are told and mapped in the same way.
    public CommandLine commandLine(Object... more) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        for (Object command : more) {
            commands.put(nameOf(command), () -> command);
        }
        commands.putAll(commands());
        return line(commands.values());
    }

    /// The same for these words only: reading what every command accepts takes longer than most
    /// commands, so that only the one is made which the words name.
    public CommandLine commandLineFor(String[] args, Object... more) {
        var ours = commands();
        return firstWord(args)
                .filter(w -> !w.equals("help") && !w.equals("completion") && !w.equals("__manual"))
                .flatMap(w -> Optional.ofNullable(ours.get(w)))
                .map(command -> line(List.of(command)))
                .orElseGet(() -> commandLine(more));
    }

    private Map<String, Supplier<Object>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        PersonCommands.with(shell).forEach(c -> commands.put(nameOf(c), () -> c));
        commands.put("watch", () -> new WatchCommand(shell));
        commands.put("system", () -> SystemCommand.with(shell));
        commands.put("agent", () -> AgentCommand.with(shell));
        commands.put("grant", () -> GrantCommand.with(shell));
        commands.put("entity", () -> EntityCommand.with(shell));
        commands.put("check", () -> CheckCommand.with(shell));
        commands.put("observation", () -> ObservationCommand.with(shell));
        commands.put("alert", () -> AlertCommand.with(shell));
        commands.put("silence", () -> SilenceCommand.with(shell));
        commands.put("timeline", () -> TimelineCommand.with(shell));
        commands.put("person", () -> PersonCommand.with(shell));
        commands.put("token", () -> TokenCommand.with(shell));
        commands.put("audit", () -> AuditCommand.with(shell));
        commands.put("admin", () -> AdminCommand.with(shell, offline));
        commands.put("help", () -> new Help(shell));
        commands.put("completion", () -> new CompletionCommand(true));
        commands.put("__complete", () -> new CompleteNames(shell));
        commands.put(
                "__manual", () -> new ManualCommand(ProgramTopics.ALL, true, ProgramTopics.PAGES));
        return commands;
    }

    private static String nameOf(Object command) {
        return command instanceof CommandLine line
                ? line.getCommandName()
                : Optional.ofNullable(command.getClass().getAnnotation(Command.class))
                        .map(Command::name)
                        .orElse("");
    }

    /// The noun among the words, behind options and their values.
    private static Optional<String> firstWord(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--server") || args[i].equals("--token-file")) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return Optional.of(args[i]);
            }
        }
        return Optional.empty();
    }

    private CommandLine line(Collection<Supplier<Object>> commands) {
        var errors = new Errors(shell);
        var line = new CommandLine(shell.globals());
        commands.forEach(c -> line.addSubcommand(c.get()));
        HelpLayout.apply(line, ProgramTopics.GROUPS);
        var terminal = shell.terminal();
        return line.setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.clamp(terminal.width(), 60, WIDEST_HELP))
                // A note may begin with @.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, _) -> errors.unreadable(e))
                .setExecutionExceptionHandler((e, command, _) -> errors.failed(e, command))
                .setExitCodeExceptionMapper(_ -> ExitCode.FAILED.number());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
