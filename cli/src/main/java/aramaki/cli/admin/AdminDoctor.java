package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Plain;
import aramaki.cli.output.Sign;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says in plain words what is wrong with an installation, and what puts it right.
@Command(
        name = "doctor",
        description = "Say what is wrong with this installation, and what puts it right.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin doctor",
            "  aramaki admin doctor --data /var/lib/aramaki",
            "  aramaki admin doctor --json=ok,sentence,examinations"
        })
final class AdminDoctor implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.state("VERDICT", "gravity"),
                    Column.text("EXAMINATION", "name"),
                    Column.text("WHAT", "what"),
                    Column.text("WHY", "why"),
                    Column.text("CURE", "cure"));

    private final Shell shell;
    private final Optional<Offline> offline;

    @Mixin private DataOption data = new DataOption();

    AdminDoctor(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var report =
                data.answer(offline, Offline::doctor, () -> shell.api().get(Route.to("doctor")));
        var complaints = complaints(report);
        if (shell.output().wantsJson()) {
            shell.output().show(report, List.of());
        } else if (shell.terminal().outIsTerminal()) {
            complaints.forEach(this::tell);
        } else {
            shell.output().list(complaints, COLUMNS);
        }
        shell.say(
                Cell.string(report.path("sentence"))
                        + " "
                        + report.path("examinations").size()
                        + " examinations.");
        return report.path("ok").asBoolean() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }

    /// What is broken first, each with the name of its examination.
    private static List<JsonNode> complaints(JsonNode report) {
        var broken = new ArrayList<JsonNode>();
        var advice = new ArrayList<JsonNode>();
        for (var examination : report.path("examinations")) {
            for (var complaint : examination.path("complaints")) {
                if (complaint instanceof ObjectNode object) {
                    object.set("name", examination.path("name"));
                }
                boolean fault = Cell.string(complaint.path("gravity")).equals("broken");
                (fault ? broken : advice).add(complaint);
            }
        }
        broken.addAll(advice);
        return broken;
    }

    private void tell(JsonNode complaint) {
        String gravity = Cell.string(complaint.path("gravity"));
        var out = shell.terminal().out();
        String sign = Sign.of(gravity).map(s -> s.sign() + " ").orElse("");
        out.println(Plain.line(sign + gravity + ": " + Cell.string(complaint.path("what"))));
        out.println(Plain.line("  why:  " + Cell.string(complaint.path("why"))));
        out.println(Plain.line("  cure: " + Cell.string(complaint.path("cure"))));
    }
}
