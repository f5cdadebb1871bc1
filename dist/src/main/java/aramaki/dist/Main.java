package aramaki.dist;

import aramaki.cli.Cli;
import aramaki.cli.shell.Shell;
import aramaki.server.Server;
import java.util.Optional;
import picocli.CommandLine;

/// The program `aramaki`: the command line client, with the commands that need a server of their
/// own.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var shell = Shell.ofProcess();
        var cli = new Cli(shell, Optional.of(new OfflineAdmin()));
        var line = cli.commandLineFor(args, new ServeCommand(shell), new UpCommand(shell));
        line.getCommandSpec().version("aramaki " + Server.VERSION);
        System.exit(line.execute(args));
    }

    /// Every command, for those who write about them.
    static CommandLine everything(Shell shell) {
        var line =
                new Cli(shell, Optional.of(new OfflineAdmin()))
                        .commandLine(new ServeCommand(shell), new UpCommand(shell));
        line.getCommandSpec().version("aramaki " + Server.VERSION);
        return line;
    }
}
