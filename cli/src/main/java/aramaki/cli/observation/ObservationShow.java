package aramaki.cli.observation;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one observation, with the time of every hop it made.
@Command(
        name = "show",
        description = "Show one observation, with the time of every hop it made.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki observation show ID", "  aramaki observation show ID --json=hops"})
final class ObservationShow implements Callable<Integer> {

    private static final List<Column> METRICS =
            List.of(
                    Column.text("NAME", "name"),
                    Column.text("VALUE", "value"),
                    Column.text("UNIT", "unit"),
                    Column.text("WARN", "warn"),
                    Column.text("CRIT", "crit"),
                    Column.text("MIN", "min"),
                    Column.text("MAX", "max"));

    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "The id that observation list prints.")
    private String id = "";

    ObservationShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var observation = shell.api().get(Route.to("observations", id));
        shell.output()
                .show(
                        observation,
                        List.of(
                                Part.text(observation, "id"),
                                Part.text(observation, "system"),
                                Part.text(observation, "entity"),
                                Part.text(observation, "check"),
                                Part.state(observation, "state"),
                                Part.block(observation, "output"),
                                Part.time(observation, "at"),
                                Part.time(observation, "since"),
                                Part.text(observation, "agent"),
                                Part.text(observation, "epoch"),
                                Part.text(observation, "seq"),
                                Part.table("metric", METRICS, observation.path("metrics")),
                                new Part.Table("hop", Hops.COLUMNS, Hops.of(observation))));

        return ExitCode.DONE.number();
    }
}
