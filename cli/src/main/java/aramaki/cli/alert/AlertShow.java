package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;
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

        var about = parsed().about();
        var alert =
                shell.api()
                        .get(
                                Route.to(
                                        "alerts",
                                        about.system().value(),
                                        about.entity().value(),
                                        about.check().value()));
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
                                Part.openBy(alert),
                                Part.block(alert, "output"),
                                new Part.Line("history", History.sentence(alert, shell.ages())),
                                Part.table("episode", EPISODES, alert.path("episodes"))));

        return ExitCode.DONE.number();
    }

    private AlertKey parsed() {
        try {
            return AlertKey.parse(key);
        } catch (Refusal e) {
            throw Failure.usage(e.text(), "the keys: aramaki alert list --json=key");
        }
    }
}
