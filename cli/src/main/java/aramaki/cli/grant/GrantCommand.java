package aramaki.cli.grant;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `grant`.
@Command(name = "grant", description = "Who may do what to which systems, until when.")
public final class GrantCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new GrantCommand(),
                new GrantList(shell),
                new GrantAdd(shell),
                new GrantShow(shell),
                new GrantRevoke(shell),
                new GrantInvoke(shell),
                new GrantExplain(shell));
    }
}
