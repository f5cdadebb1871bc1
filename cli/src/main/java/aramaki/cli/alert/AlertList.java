package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Ages;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
            "  aramaki alert list --new --seen",
            "  aramaki alert list --silenced",
            "  aramaki alert list --query 'owner:nobody severity:critical'",
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
                new Column("OWNER", Standing::owner, true),
                new Column("SILENCED", Standing::silenced, true),
                Column.isNew(),
                Column.openBy(),
                Column.text("OUTPUT", "output"),
                new Column("HISTORY", alert -> History.sentence(alert, ages), true));
    }

    private final Shell shell;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            defaultValue = "open",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Wanted state = Wanted.OPEN;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Of this system only.")
    private Optional<String> system = Optional.empty();

    @Option(names = "--new", description = "Those only that are new since you last looked.")
    private boolean onlyNew;

    @Option(names = "--mine", description = "Those only that you have.")
    private boolean mine;

    @Option(names = "--silenced", description = "Those only that a silence hides.")
    private boolean silenced;

    @Option(
            names = "--query",
            paramLabel = "QUERY",
            description = "Those only that this filter finds: 'owner:nobody severity:critical'.")
    private Optional<String> query = Optional.empty();

    @Option(
            names = "--seen",
            description =
                    "Mark what is listed as seen by you: everything, or with --system that system"
                            + " and its layers.")
    private boolean seen;

    @Mixin private Limit limit = new Limit();

    AlertList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        // Before the list: what fires meanwhile must stay new.
        var upTo =
                seen
                        ? shell.api().get(Route.to("seen")).path("position")
                        : MissingNode.getInstance();
        var only = onlyNew ? Optional.of("true") : Optional.<String>empty();
        shell.list(
                "alerts",
                Route.to("alerts")
                        .with("state", state.toString())
                        .with("system", system)
                        .with("new", only)
                        .with("mine", mine ? Optional.of("true") : Optional.empty())
                        .with("silenced", silenced ? Optional.of("true") : Optional.empty())
                        .with("q", query),
                limit,
                columns(shell.ages()),
                state == Wanted.ALL || onlyNew
                        ? ""
                        : "all there ever were: aramaki alert list --state all");
        if (seen) {
            mark(upTo);
        }

        return ExitCode.DONE.number();
    }

    private void mark(JsonNode upTo) {
        var body = Json.mapper().createObjectNode();
        body.set("upTo", upTo);
        system.ifPresent(name -> body.put("system", name));
        shell.api().put(Route.to("seen"), body);
        shell.say("marked as seen: " + system.map(s -> "system " + s).orElse("everything"));
    }
}
