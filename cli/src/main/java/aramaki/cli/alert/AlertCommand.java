package aramaki.cli.alert;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `alert`.
@Command(name = "alert", description = "Problems with a life.")
public final class AlertCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new AlertCommand(),
                new AlertList(shell),
                new AlertShow(shell),
                new AlertAck(shell),
                new AlertUnack(shell),
                new AlertResolve(shell),
                new AlertAssign(shell),
                new AlertComment(shell),
                new AlertUndo(shell));
    }
}
