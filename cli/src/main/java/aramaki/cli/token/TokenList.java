package aramaki.cli.token;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the tokens of whoever asks.
@Command(
        name = "list",
        description = "List your tokens.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki token list", "  aramaki token list --json=id,name,usedAt"})
final class TokenList implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("ID", "id"),
                    Column.text("NAME", "name"),
                    Column.time("USED", "usedAt"),
                    Column.time("EXPIRES", "expiresAt"));

    private final Shell shell;

    @Mixin private Limit limit = new Limit();

    TokenList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.list(
                "tokens",
                Route.to("tokens"),
                limit,
                COLUMNS,
                "make one: aramaki token add NAME --expires 90d");
        return ExitCode.DONE.number();
    }
}
