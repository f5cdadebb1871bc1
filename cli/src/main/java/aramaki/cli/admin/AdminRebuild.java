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
import picocli.CommandLine.Option;

/// Folds the logs anew and puts right what the tables say otherwise.
@Command(
        name = "rebuild",
        description = {
            "Fold the logs anew, and put right what the tables say otherwise: alerts, agents, people,"
                    + " systems and references.",
            "A kill before its end changes nothing. With --data, a damaged store is copied into a new"
                    + " file as far as it can be read, and the old one is kept beside it."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin rebuild",
            "  aramaki admin rebuild --from-start",
            "  aramaki admin rebuild --data /var/lib/aramaki"
        })
final class AdminRebuild implements Callable<Integer> {
    private static final List<Column> LINE =
            List.of(new Column("DIFFERENCE", p -> Cell.text(Cell.string(p))));
    private static final List<Column> LEFT =
            List.of(new Column("LEFT", p -> Cell.text(Cell.string(p))));

    private final Shell shell;
    private final Optional<Offline> offline;

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--from-start",
            description = "From the first event on, though there is a snapshot.")
    private boolean fromStart;

    AdminRebuild(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var report =
                data.answer(offline, (able, dir) -> able.rebuild(dir, fromStart), this::online);
        boolean ok = report.path("ok").asBoolean();
        shell.output()
                .show(
                        report,
                        List.of(
                                new Part.Line("state", new Cell.Word(ok ? "ok" : "failed", "")),
                                Part.text(report, "from"),
                                Part.text(report, "position"),
                                Part.text(report, "events"),
                                Part.text(report, "tookMillis"),
                                Part.table("difference", LINE, report.path("differences")),
                                Part.table("left", LEFT, report.path("left"))));
        int differences = report.path("differences").size();
        shell.say(
                differences == 0
                        ? "the tables say what the logs say"
                        : differences + " differences were put right");
        if (ok) {
            return ExitCode.DONE.number();
        }
        shell.say("the logs are not enough to put the rest right: restore a backup");
        return ExitCode.FAILED.number();
    }

    private JsonNode online() {
        return shell.api()
                .postPatiently(
                        Route.to("admin", "rebuild"),
                        Json.mapper().createObjectNode().put("fromStart", fromStart));
    }
}
