package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Ages;
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

/// Lists the alerts.
@Command(
        name = "list",
        description = "List the alerts, newest first.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki alert list",
            "  aramaki alert list --state all --system shop",
            "  aramaki alert list --json=key,severity,since"
        })
final class AlertList implements Callable<Integer> {

    private static List<Column> columns(Ages ages) {
        return List.of(
                Column.state("STATE", "state"),
                Column.state("SEVERITY", "severity"),
                Column.text("SYSTEM", "system"),
                Column.text("ENTITY", "entity"),
                Column.text("CHECK", "check"),
                Column.time("SINCE", "since"),
                Column.text("OUTPUT", "output"),
                new Column("HISTORY", alert -> History.sentence(alert, ages)));
    }

    private final Shell shell;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            defaultValue = "firing",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Wanted state = Wanted.FIRING;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Of this system only.")
    private Optional<String> system = Optional.empty();

    @Mixin private Limit limit = new Limit();

    AlertList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        shell.list(
                "alerts",
                Route.to("alerts").with("state", state.toString()).with("system", system),
                limit,
                columns(shell.ages()),
                state == Wanted.ALL ? "" : "all there ever were: aramaki alert list --state all");

        return ExitCode.DONE.number();
    }
}
