package aramaki.cli.entity;

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

/// Lists the entities.
@Command(
        name = "list",
        description = "List the entities.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki entity list", "  aramaki entity list --json=name,labels"})
final class EntityList implements Callable<Integer> {

    private static final List<Column> COLUMNS =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("NAME", "name"),
                    Column.text("AGENT", "agent"),
                    Column.counts("CHECKS"),
                    Column.time("SEEN", "seenAt"),
                    Column.text("SYSTEMS", "systems"),
                    Column.text("LABELS", "labels"));

    private final Shell shell;

    @Mixin private Limit limit = new Limit();

    EntityList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        shell.list(
                "entities",
                Route.to("entities"),
                limit,
                COLUMNS,
                "every agent brings its host: aramaki agent invite");

        return ExitCode.DONE.number();
    }
}
