package aramaki.cli.agent;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Has an agent run no checks for a while, without an alarm about that.
@Command(
        name = "pause",
        description = "Have an agent run no checks for a while, without an alarm; off goes on.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki agent pause web1 30m --reason \"new disk\"",
            "  aramaki agent pause web1 off"
        })
final class AgentPause implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The agent.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "LENGTH",
            description = "How long, such as 30m or 2h, at most 7d; or off.")
    private String length = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the timeline.")
    private Optional<String> reason = Optional.empty();

    AgentPause(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        boolean off = length.equals("off");
        ObjectNode body = Json.mapper().createObjectNode();
        if (!off) {
            body.put("length", length);
            reason.ifPresent(r -> body.put("reason", r));
        }
        var agent = shell.api().post(Route.to("agents", name, off ? "resume" : "pause"), body);
        shell.output().value(agent, Cell.string(agent.path("name")));
        shell.say(
                agent.path("planned").isTextual()
                        ? name + " is " + agent.path("planned").asText()
                        : name + " runs checks");

        return ExitCode.DONE.number();
    }
}
