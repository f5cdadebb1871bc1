package aramaki.cli.audit;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Plain;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the audit as lines of JSON.
@Command(
        name = "export",
        description = {
            "Print the audit as lines of JSON, each act with what proves it.",
            "",
            "Without --kind, acts and then looks. The last line says how many there were; without"
                    + " it the export was cut off, and the exit code is 1."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki audit export --since 90d > audit.jsonl",
            "  aramaki audit export --kind acts --person bo"
        })
final class AuditExport implements Callable<Integer> {
    private static final String END = "{\"kind\":\"end\",";

    private final Shell shell;

    @Mixin private Narrowing narrowing = new Narrowing();

    AuditExport(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var api = shell.api();
        var out = shell.terminal().out();
        String last =
                api.lines(
                        narrowing.narrow(Route.to("audit", "export"), shell),
                        line -> out.println(Plain.json(line)));
        if (!last.startsWith(END)) {
            throw Failure.failed(
                    "the export was cut off",
                    "its last line does not say how much there was",
                    "ask again; the log of " + api.server() + " may say why");
        }
        JsonNode end = Json.tree(last.getBytes(StandardCharsets.UTF_8));
        shell.say(
                end.path("acts").asLong()
                        + " acts, "
                        + end.path("looks").asLong()
                        + " looks; check the acts: docs/how-to/audit.md");
        return ExitCode.DONE.number();
    }
}
