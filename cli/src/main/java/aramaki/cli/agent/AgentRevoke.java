package aramaki.cli.agent;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Confirmation;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ends the trust in an agent, for good.
@Command(
        name = "revoke",
        description = "End the trust in an agent, for good.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki agent revoke web1",
            "  aramaki agent revoke web1 --reason stolen --no-input --confirm=web1"
        })
final class AgentRevoke implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The agent.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the timeline.")
    private Optional<String> reason = Optional.empty();

    @Mixin private Confirmation confirmation = new Confirmation();

    AgentRevoke(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        confirmation.require(shell, "The agent " + name + " will never be trusted again.", name);
        ObjectNode why = Json.mapper().createObjectNode();
        reason.ifPresent(r -> why.put("reason", r));
        var agent = shell.api().post(Route.to("agents", name, "revoke"), why);
        shell.output().value(agent, Cell.string(agent.path("name")));
        shell.say("revoked " + name + "; to have the host join again: aramaki agent invite");

        return ExitCode.DONE.number();
    }
}
