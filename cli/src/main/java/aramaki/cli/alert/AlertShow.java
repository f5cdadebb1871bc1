package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one alert and its episodes.
@Command(
        name = "show",
        description = "Show one alert and its episodes.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki alert show shop-production/web1/http-front"})
final class AlertShow implements Callable<Integer> {

    private static final List<Column> EPISODES =
            List.of(
                    Column.text("EPISODE", "episode"),
                    Column.state("SEVERITY", "severity"),
                    Column.time("SINCE", "since"),
                    Column.time("RESOLVED", "resolvedAt"));

    private static final List<Column> ACTS =
            List.of(
                    Column.time("AT", "at"),
                    Column.text("BY", "by"),
                    Column.text("WHAT", "text"),
                    Column.text("ACT", "id"));

    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            description = "SYSTEM/ENTITY/CHECK, the key that alert list --json prints.")
    private String key = "";

    AlertShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var alert = shell.api().get(Keys.route(key));
        shell.output()
                .show(
                        alert,
                        List.of(
                                Part.text(alert, "key"),
                                Part.text(alert, "id"),
                                Part.state(alert, "state"),
                                Part.state(alert, "severity"),
                                Part.state(alert, "checkState"),
                                Part.time(alert, "since"),
                                Part.time(alert, "resolvedAt"),
                                Part.time(alert, "seenAt"),
                                new Part.Line("owner", Standing.owner(alert)),
                                new Part.Line("silenced", Standing.silenced(alert)),
                                Part.text(alert, "comment"),
                                Part.openBy(alert),
                                Part.block(alert, "output"),
                                new Part.Line("history", History.sentence(alert, shell.ages())),
                                Part.table("act", ACTS, alert.path("acts")),
                                Part.table("episode", EPISODES, alert.path("episodes"))));

        return ExitCode.DONE.number();
    }
}
