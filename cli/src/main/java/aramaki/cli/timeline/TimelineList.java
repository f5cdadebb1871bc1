package aramaki.cli.timeline;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists events, newest first.
@Command(
        name = "list",
        description = "List what happened, newest first.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki timeline list --system shop --since 1h",
            "  aramaki timeline list --type note --limit 20",
            "  aramaki timeline list --json=at,system,text"
        })
final class TimelineList implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Of this system only.")
    private Optional<String> system = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this type only.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Since then: 1h, 2d, or an RFC 3339 instant.")
    private Optional<String> since = Optional.empty();

    @Mixin private Limit limit = new Limit();

    TimelineList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var from = since.map(s -> Durations.moment(s, shell.ages().now()).toString());
        shell.list(
                "events",
                Route.to("events").with("system", system).with("type", type).with("since", from),
                limit,
                Events.COLUMNS,
                from.isPresent() ? "earlier ones: aramaki timeline list --since 7d" : "");

        return ExitCode.DONE.number();
    }
}
