package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Confirmation;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes away what an event says, for good.
@Command(
        name = "redact",
        description = {
            "Take away what an event says, for good.",
            "It is taken from the log, from the alerts it led to and from the result it came from."
                    + " Its header stays, so that the log goes on verifying; the timeline says who did"
                    + " it and why."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin redact 3f1c9b0e --reason \"a password in the output\"",
            "  aramaki admin redact 3f1c9b0e --reason secret --no-input --confirm=3f1c9b0e"
        })
final class AdminRedact implements Callable<Integer> {
    private static final List<Column> EVENT =
            List.of(new Column("REDACTED", p -> Cell.text(Cell.string(p))));

    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "EVENT",
            description = "Its id, as the timeline lists it with --json: 64 hexadecimal digits.")
    private String event = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for the timeline. Do not write what is to be taken away.")
    private String reason = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    AdminRedact(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        confirmation.require(shell, "What event " + event + " says will be gone for good.", event);
        var report =
                shell.api()
                        .postPatiently(
                                Route.to("events", event, "redact"),
                                Json.mapper().createObjectNode().put("reason", reason));
        shell.output()
                .show(
                        report,
                        List.of(
                                Part.text(report, "erased"),
                                Part.table("redacted", EVENT, report.path("redacted"))));
        if (!report.path("erased").asBoolean()) {
            shell.say(
                    "the bytes leave the disk when the store writes over them: SQLite at the latest"
                            + " when the server is stopped, PostgreSQL when it vacuums");
        }
        return ExitCode.DONE.number();
    }
}
