package aramaki.cli.observation;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
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

/// Lists the latest observation per entity and check.
@Command(
        name = "list",
        description = "List the latest observation per entity and check.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki observation list --system shop",
            "  aramaki observation list --entity web1 --json=check,state,metrics"
        })
final class ObservationList implements Callable<Integer> {

    private static final List<Column> COLUMNS =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("SYSTEM", "system"),
                    Column.text("ENTITY", "entity"),
                    Column.text("CHECK", "check"),
                    Column.time("SEEN", "seenAt"),
                    Column.text("ID", "id"),
                    Column.text("OUTPUT", "output"));

    private final Shell shell;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Of this system only.")
    private Optional<String> system = Optional.empty();

    @Option(names = "--entity", paramLabel = "ENTITY", description = "About this entity only.")
    private Optional<String> entity = Optional.empty();

    @Option(names = "--check", paramLabel = "CHECK", description = "By this check only.")
    private Optional<String> check = Optional.empty();

    @Mixin private Limit limit = new Limit();

    ObservationList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        shell.list(
                "observations",
                Route.to("observations")
                        .with("system", system)
                        .with("entity", entity)
                        .with("check", check),
                limit,
                COLUMNS,
                "what is to be observed: aramaki check list");

        return ExitCode.DONE.number();
    }
}
