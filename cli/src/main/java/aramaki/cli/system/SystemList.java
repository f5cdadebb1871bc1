package aramaki.cli.system;

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

/// Lists the systems.
@Command(
        name = "list",
        description = "List the systems.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki system list", "  aramaki system list --json=name,state"})
final class SystemList implements Callable<Integer> {

    private static final List<Column> COLUMNS =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("NAME", "name"),
                    Column.inside("CATEGORY", "category", "singular"),
                    Column.counts("CHECKS"),
                    Column.time("SEEN", "seenAt"),
                    Column.text("SUBSYSTEMS", "subsystems"),
                    Column.text("TITLE", "title"));

    private final Shell shell;

    @Mixin private Limit limit = new Limit();

    SystemList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        shell.list(
                "systems",
                Route.to("systems"),
                limit,
                COLUMNS,
                "create one: aramaki system create NAME");

        return ExitCode.DONE.number();
    }
}
