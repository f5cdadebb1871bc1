package aramaki.cli.grant;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes a grant away.
@Command(
        name = "revoke",
        description = "Take a grant away, and everything that was passed on from it.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki grant revoke 5f1c09ab77e2 --reason 'shift is over'"})
final class GrantRevoke implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "GRANT", description = "Its id, or how it begins.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    GrantRevoke(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ObjectNode why = Json.mapper().createObjectNode();
        why.put("reason", reason);
        var ended = shell.api().post(Route.to("grants", id, "revoke"), why);
        var first = ended.path("items").path(0);
        shell.output().value(ended.path("items"), Cell.string(first.path("id")));
        int more = ended.path("items").size() - 1;
        shell.say("revoked" + (more > 0 ? ", and " + more + " passed on from it" : ""));
        return ExitCode.DONE.number();
    }
}
