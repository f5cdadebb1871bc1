package aramaki.cli.audit;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists acts or looks, newest first.
@Command(
        name = "list",
        description = "List what people did, or looked at, newest first.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki audit list --person bo --since 7d",
            "  aramaki audit list --kind looks --system shop",
            "  aramaki audit list --json=at,name,from,grant,event"
        })
final class AuditList implements Callable<Integer> {
    private static final List<Column> ACTS =
            List.of(
                    Column.time("AT", "at"),
                    Column.text("WHO", "name"),
                    Column.text("SYSTEM", "system"),
                    Column.inside("TYPE", "event", "type"),
                    Column.inside("TEXT", "event", "text"),
                    Column.text("FROM", "from"),
                    new Column("GRANT", item -> shortened(item.path("grant"))));

    private static final List<Column> LOOKS =
            List.of(
                    Column.time("AT", "at"),
                    Column.text("TIMES", "times"),
                    Column.text("WHO", "name"),
                    Column.inside("METHOD", "via", "method"),
                    Column.inside("PATH", "via", "path"),
                    Column.inside("OF", "via", "parameters"),
                    Column.inside("STATUS", "via", "status"),
                    Column.text("FROM", "from"),
                    new Column("GRANT", item -> shortened(item.path("grant"))));

    private static final int SHORT = 8;

    private final Shell shell;

    @Mixin private Narrowing narrowing = new Narrowing();

    @Mixin private Limit limit = new Limit();

    AuditList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        boolean looks = narrowing.looks();
        shell.list(
                looks ? "looks" : "acts",
                narrowing.narrow(Route.to("audit"), shell),
                limit,
                looks ? LOOKS : ACTS,
                looks
                        ? "looks are forgotten after a while: see keepAccess in the settings"
                        : "what was only looked at: aramaki audit list --kind looks");
        return ExitCode.DONE.number();
    }

    /// People tell hashes apart by their beginnings; `--json` has all of it.
    private static Cell shortened(JsonNode hash) {
        String all = Cell.string(hash);
        return all.length() <= SHORT ? Cell.text(all) : Cell.text(all.substring(0, SHORT));
    }
}
