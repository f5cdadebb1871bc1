package aramaki.cli.grant;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Confirmation;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Wakes an emergency grant.
@Command(
        name = "invoke",
        description = "Wake an emergency grant of yours for an hour. Everybody will see it.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki grant invoke 5f1c09ab77e2 --reason 'shop is down, nobody answers'"})
final class GrantInvoke implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "GRANT", description = "Its id, or how it begins.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    GrantInvoke(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        confirmation.require(
                shell, "This is told to everybody who can see the systems it covers.", id);
        ObjectNode why = Json.mapper().createObjectNode();
        why.put("reason", reason);
        var grant = shell.api().post(Route.to("grants", id, "invoke"), why);
        shell.output().value(grant, Cell.string(grant.path("id")));
        shell.say("awake until " + Cell.string(grant.path("awakeUntil")));
        return ExitCode.DONE.number();
    }
}
