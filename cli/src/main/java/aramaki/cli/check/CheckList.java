package aramaki.cli.check;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists the checks.
@Command(
        name = "list",
        description = "List the checks.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki check list --system shop-production",
            "  aramaki check list --json=system,name,state"
        })
final class CheckList implements Callable<Integer> {

    private static final List<Column> COLUMNS =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("SYSTEM", "system"),
                    Column.text("CHECK", "name"),
                    new Column("ENTITIES", c -> Cell.text(c.path("entities").size() + "")),
                    Column.text("RUNS", "schedule"),
                    new Column("HOW", CheckShow::how));

    private final Shell shell;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Of this system only.")
    private Optional<String> system = Optional.empty();

    @Mixin private Limit limit = new Limit();

    CheckList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        shell.list(
                "checks",
                Route.to("checks").with("system", system),
                limit,
                COLUMNS,
                "a system's checks are files: aramaki system edit NAME");

        return ExitCode.DONE.number();
    }
}
