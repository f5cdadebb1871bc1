package aramaki.cli;

import aramaki.cli.admin.AdminCommand;
import aramaki.cli.admin.Offline;
import aramaki.cli.agent.AgentCommand;
import aramaki.cli.alert.AlertCommand;
import aramaki.cli.api.ExitCode;
import aramaki.cli.check.CheckCommand;
import aramaki.cli.entity.EntityCommand;
import aramaki.cli.observation.ObservationCommand;
import aramaki.cli.person.PersonCommands;
import aramaki.cli.shell.Shell;
import aramaki.cli.system.SystemCommand;
import aramaki.cli.timeline.TimelineCommand;
import aramaki.cli.watch.WatchCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
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

    public Shell shell() {
        return shell;
    }

    /// The command `aramaki` with every noun, and `more` commands (picocli's), which accept the
    /// global options too and whose refusals are told and mapped in the same way.
    public CommandLine commandLine(Object... more) {
        var errors = new Errors(shell);
        var line = new CommandLine(shell.globals());
        for (Object command : more) {
            line.addSubcommand(command);
        }
        PersonCommands.with(shell).forEach(line::addSubcommand);
        line.addSubcommand(new WatchCommand(shell))
                .addSubcommand(SystemCommand.with(shell))
                .addSubcommand(AgentCommand.with(shell))
                .addSubcommand(EntityCommand.with(shell))
                .addSubcommand(CheckCommand.with(shell))
                .addSubcommand(ObservationCommand.with(shell))
                .addSubcommand(AlertCommand.with(shell))
                .addSubcommand(TimelineCommand.with(shell))
                .addSubcommand(AdminCommand.with(shell, offline))
                .addSubcommand(new Help(shell));
        tidyHelp(line);
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

    /// What a command accepts of its own comes first, what all accept after it.
    private static void tidyHelp(CommandLine line) {
        line.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
        line.getSubcommands().values().forEach(Cli::tidyHelp);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
