package aramaki.cli.check;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `check`.
@Command(name = "check", description = "How things are observed.")
public final class CheckCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new CheckCommand(),
                new CheckList(shell),
                new CheckShow(shell),
                new CheckProposals(shell),
                new CheckAccept(shell),
                new CheckLeave(shell));
    }
}
