package aramaki.cli.entity;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one entity.
@Command(
        name = "show",
        description = "Show one entity and its latest observations.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki entity show web1"})
final class EntityShow implements Callable<Integer> {

    private static final int LATEST = 200;
    private static final List<Column> OBSERVATIONS =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("SYSTEM", "system"),
                    Column.text("CHECK", "check"),
                    Column.time("SEEN", "seenAt"),
                    Column.text("OUTPUT", "output"));

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The entity.")
    private String name = "";

    EntityShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var api = shell.api();
        var entity = api.get(Route.to("entities", name));
        var parts =
                new ArrayList<>(
                        List.of(
                                Part.text(entity, "name"),
                                Part.state(entity, "state"),
                                Part.text(entity, "agent"),
                                Part.text(entity, "systems"),
                                Part.text(entity, "labels"),
                                new Part.Line("counts", Cell.counts(entity)),
                                Part.time(entity, "seenAt")));
        if (!shell.output().wantsJson()) {
            var latest = api.list(Route.to("observations").with("entity", name), LATEST).items();
            parts.add(new Part.Table("observation", OBSERVATIONS, latest));
        }
        shell.output().show(entity, parts);

        return ExitCode.DONE.number();
    }
}
