package aramaki.cli.token;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Ends a token at once.
@Command(
        name = "revoke",
        description = "End a token of yours at once.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki token revoke 0123456789abcdef"})
final class TokenRevoke implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id, as `token list` says.")
    private String id = "";

    TokenRevoke(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.api().delete(Route.to("tokens", id));
        shell.say("token " + id + " is good no longer");
        return ExitCode.DONE.number();
    }
}
