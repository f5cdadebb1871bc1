package aramaki.cli.check;

import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which proposals a command is about: some by name, or all, perhaps of one system.
final class Deciding {
    private static final int AT_ONCE = 200;
    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("SYSTEM", "system"),
                    Column.text("CHECK", "name"),
                    Column.text("ON", "agents"),
                    new Column("HOW", CheckShow::how));

    @Parameters(arity = "0..*", paramLabel = "SYSTEM/CHECK", description = "The proposals.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "All that there are.")
    private boolean all;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "With --all: of this system.")
    private Optional<String> system = Optional.empty();

    /// Sends what was chosen to `/proposals/VERB` and returns what the server did.
    List<JsonNode> send(Shell shell, String verb) {
        if (names.isEmpty() != all || (system.isPresent() && !all)) {
            throw Failure.usage(
                    "it is not clear which proposals",
                    "name them as SYSTEM/CHECK, or write --all; there are: aramaki check"
                            + " proposals");
        }
        var done = new ArrayList<JsonNode>();
        var chosen = all ? everything(shell) : names;
        for (int from = 0; from < chosen.size(); from += AT_ONCE) {
            var part = chosen.subList(from, Math.min(chosen.size(), from + AT_ONCE));
            var body = Json.mapper().createObjectNode();
            part.forEach(body.putArray("proposals")::add);
            shell.api().post(Route.to("proposals", verb), body).path("items").forEach(done::add);
        }
        shell.output().list(done, COLUMNS);
        return done;
    }

    private List<String> everything(Shell shell) {
        var route = Route.to("proposals").with("system", system);
        return shell.api().list(route, Integer.MAX_VALUE).items().stream()
                .map(item -> Cell.string(item.path("id")))
                .toList();
    }
}
