package aramaki.cli.token;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `token`.
@Command(name = "token", description = "What lets programs act for you.")
public final class TokenCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new TokenCommand(),
                new TokenList(shell),
                new TokenAdd(shell),
                new TokenRevoke(shell));
    }
}
