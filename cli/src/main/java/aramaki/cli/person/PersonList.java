package aramaki.cli.person;

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

/// Lists the people of this instance.
@Command(
        name = "list",
        description = "List everybody, and how they sign in.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki person list", "  aramaki person list --json=name,state,seenAt"})
final class PersonList implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("STATE", "state"),
                    Column.text("NAME", "name"),
                    Column.text("TITLE", "title"),
                    Column.text("ROLE", "role"),
                    Column.text("PASSKEYS", "passkeys"),
                    Column.text("SESSIONS", "sessions"),
                    Column.time("SEEN", "seenAt"));

    private final Shell shell;

    @Mixin private Limit limit = new Limit();

    PersonList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.list(
                "people",
                Route.to("people"),
                limit,
                COLUMNS,
                "invite somebody: aramaki person invite NAME");
        return ExitCode.DONE.number();
    }
}
