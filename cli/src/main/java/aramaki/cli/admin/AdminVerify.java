package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Walks every log and says whether each entry is what it was when it was written.
@Command(
        name = "verify",
        description = "Walk every log and say what is not as it was written.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin verify",
            "  aramaki admin verify --data /var/lib/aramaki",
            "  aramaki admin verify --json=ok,problems"
        })
final class AdminVerify implements Callable<Integer> {
    private static final List<Column> PROBLEM =
            List.of(new Column("PROBLEM", p -> Cell.text(Cell.string(p))));

    private final Shell shell;
    private final Optional<Offline> offline;

    @Mixin private DataOption data = new DataOption();

    AdminVerify(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var report = data.answer(offline, Offline::verify, this::online);
        boolean ok = report.path("ok").asBoolean();
        shell.output()
                .show(
                        report,
                        List.of(
                                new Part.Line("state", new Cell.Word(ok ? "ok" : "failed", "")),
                                Part.text(report, "logs"),
                                Part.text(report, "events"),
                                Part.text(report, "heads"),
                                Part.text(report, "pruned"),
                                Part.text(report, "tookMillis"),
                                Part.table("problem", PROBLEM, report.path("problems"))));
        if (ok) {
            return ExitCode.DONE.number();
        }
        shell.say("the log is not whole; keep the data directory, and compare with a backup");
        return ExitCode.FAILED.number();
    }

    private JsonNode online() {
        return shell.api()
                .postPatiently(Route.to("admin", "verify"), Json.mapper().createObjectNode());
    }
}
