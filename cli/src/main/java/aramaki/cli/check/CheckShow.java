package aramaki.cli.check;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows one check: how it observes, what it saw.
@Command(
        name = "show",
        description = "Show one check: how it observes, and what it saw.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki check show shop-production/http-front",
            "  aramaki check show shop-production/http-front --history 50"
        })
final class CheckShow implements Callable<Integer> {

    private static final List<Column> ENTITIES =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("ENTITY", "entity"),
                    Column.time("SINCE", "since"),
                    Column.time("SEEN", "seenAt"),
                    Column.text("OUTPUT", "output"));
    static final List<Column> METRICS =
            List.of(
                    Column.text("NAME", "name"),
                    Column.text("VALUE", "value"),
                    Column.text("UNIT", "unit"),
                    Column.text("WARN", "warn"),
                    Column.text("CRIT", "crit"));
    private static final List<Column> HISTORY =
            List.of(
                    Column.time("AT", "at"),
                    Column.state("STATE", "state"),
                    Column.text("ENTITY", "entity"),
                    Column.text("ID", "id"),
                    Column.text("OUTPUT", "output"));

    private final Shell shell;

    @Parameters(
            arity = "1..2",
            paramLabel = "SYSTEM/CHECK",
            description = "The check; SYSTEM CHECK will do too.")
    private List<String> key = new ArrayList<>();

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "10",
            description = "So many past observations (default: ${DEFAULT-VALUE}).")
    private int history = 10;

    CheckShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var parts = named(key, "aramaki check show shop/http-front");
        var api = shell.api();
        var check = api.get(Route.to("systems", parts[0], "checks", parts[1]));
        if (history > 0 && check instanceof ObjectNode whole) {
            var past = Route.to("systems", parts[0], "checks", parts[1], "history");
            whole.putArray("history").addAll(api.list(past, history).items());
        }
        shell.output().show(check, parts(check));

        return ExitCode.DONE.number();
    }

    /// System and check, however they were typed.
    static String[] named(List<String> key, String example) {
        var parts = String.join("/", key).split("/", -1);
        if (parts.length != 2) {
            throw Failure.usage(
                    "\"" + String.join(" ", key) + "\" does not name a check",
                    "write SYSTEM/CHECK, as in: " + example);
        }
        return parts;
    }

    private static List<Part> parts(JsonNode check) {
        return List.of(
                Part.text(check, "system"),
                Part.text(check, "name"),
                Part.state(check, "state"),
                new Part.Line("how", how(check)),
                Part.text(check, "schedule"),
                Part.time(check, "next"),
                Part.text(check, "timeout"),
                Part.text(check, "ttl"),
                Part.text(check, "attempts"),
                Part.text(check, "labels"),
                Part.text(check, "on"),
                Part.text(check, "runbook"),
                Part.table("entity", ENTITIES, check.path("entities")),
                Part.table("observation", HISTORY, check.path("history")));
    }

    /// The command with its arguments, or the kind of probe and its settings.
    static Cell how(JsonNode check) {
        var command = check.path("command");
        return Cell.text(
                command.isArray()
                        ? command.valueStream().map(Cell::string).collect(Collectors.joining(" "))
                        : Cell.string(check.path("probe")));
    }
}
