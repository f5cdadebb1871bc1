package aramaki.cli.timeline;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "  aramaki timeline list --lane outside --from 7d --to 1d",
            "  aramaki timeline list --around "
                    + "9f2c1e07b4d85a6630cf7715e2ab9d4486f0c3b1d7e95a2f4c8b6e1037d9a5f2",
            "  aramaki timeline list --json=at,system,text"
        })
final class TimelineList implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Of this system only.")
    private Optional<String> system = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Of this type only; note means all that begin so.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--lane",
            paramLabel = "LANE",
            description = "In this lane only: alerts, outside, changes, hosts, notes or instance.")
    private Optional<String> lane = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "What happened since then, in the order of time.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "What happened before then, in the order of time.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--around",
            paramLabel = "EVENT",
            description = "What else happened around this event, the nearest first.")
    private Optional<String> around = Optional.empty();

    @Option(
            names = "--within",
            paramLabel = "TIME",
            description = "How far from it (default: 10m).")
    private Optional<String> within = Optional.empty();

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

        if (around.isPresent()) {
            listAround(around.get());
        } else if (within.isPresent()) {
            throw Failure.usage("--within goes with --around", "say around which event");
        } else {
            listAll();
        }

        return ExitCode.DONE.number();
    }

    private void listAll() {
        var recorded = since.map(this::moment);
        var begin = from.map(this::moment);
        var end = to.map(this::moment);
        if (recorded.isPresent() && (begin.isPresent() || end.isPresent())) {
            throw Failure.usage(
                    "--since is in the order of recording, --from and --to in that of time",
                    "use one or the other");
        }
        shell.list(
                "events",
                Route.to("events")
                        .with("system", system)
                        .with("type", type)
                        .with("lane", lane)
                        .with("since", recorded)
                        .with("from", begin)
                        .with("to", end),
                limit,
                Events.COLUMNS,
                recorded.isPresent() ? "earlier ones: aramaki timeline list --since 7d" : "");
    }

    private void listAround(String event) {
        boolean narrowed =
                Stream.of(system, type, lane, since, from, to).anyMatch(Optional::isPresent);
        if (narrowed) {
            throw Failure.usage("--around takes nothing but --within and --limit", "leave it out");
        }
        shell.list(
                "events",
                Route.to("events", event, "around").with("within", within),
                limit,
                Events.NEAR,
                "farther ones: aramaki timeline list --around " + event + " --within 1h");
    }

    private String moment(String text) {
        return Durations.moment(text, shell.ages().now()).toString();
    }
}
