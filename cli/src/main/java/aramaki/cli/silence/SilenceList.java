package aramaki.cli.silence;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists the silences.
@Command(
        name = "list",
        description = "List the silences, the first to end first.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki silence list", "  aramaki silence list --state expired"})
final class SilenceList implements Callable<Integer> {

    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("ID", "id"),
                    Column.text("STATE", "state"),
                    Column.text("NAME", "name"),
                    new Column("HIDES", SilenceList::hides),
                    Column.time("EXPIRES", "expiresAt"),
                    Column.text("OWNER", "owner"),
                    new Column(
                            "SOON",
                            s -> Cell.text(s.path("warned").asBoolean() ? "ends soon" : ""),
                            true),
                    new Column("HID", s -> Cell.text(s, "hid"), true),
                    Column.text("REASON", "reason"));

    private final Shell shell;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            defaultValue = "open",
            description = "One of: open, active, pending, expired, all (default: open).")
    private String state = "open";

    @Mixin private Limit limit = new Limit();

    SilenceList(Shell shell) {
        this.shell = shell;
    }

    /// What it is about, in the words it was asked for.
    static Cell hides(JsonNode silence) {
        String matchers =
                silence.path("matchers")
                        .valueStream()
                        .map(Cell::string)
                        .collect(Collectors.joining(" "));
        String system = Cell.string(silence.path("system"));
        String scope =
                system.isEmpty()
                        ? silence.path("mine").asBoolean() ? "own" : ""
                        : "of " + system + (silence.path("mine").asBoolean() ? ", own" : "");
        String all = (scope + " " + matchers).strip();
        return Cell.text(all.isEmpty() ? "everything" : all);
    }

    @Override
    public Integer call() {

        shell.list(
                "silences",
                Route.to("silences").with("state", state),
                limit,
                COLUMNS,
                state.equals("open") ? "those of before: aramaki silence list --state all" : "");

        return ExitCode.DONE.number();
    }
}
