package aramaki.cli.check;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a check at once and shows its result.
@Command(
        name = "run",
        description = "Run a check now, and show its result.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki check run shop-production/http-front",
            "  aramaki check run shop-production/http-front --entity web1 --no-wait"
        })
final class CheckRun implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            arity = "1..2",
            paramLabel = "SYSTEM/CHECK",
            description = "The check; SYSTEM CHECK will do too.")
    private List<String> key = new ArrayList<>();

    @Option(
            names = "--entity",
            paramLabel = "ENTITY",
            description = "Where, if it runs on several.")
    private Optional<String> entity = Optional.empty();

    @Option(names = "--no-wait", description = "Ask the agent, and do not wait for the result.")
    private boolean noWait;

    CheckRun(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var parts = CheckShow.named(key, "aramaki check run shop/http-front");
        ObjectNode wanted = Json.mapper().createObjectNode().put("noWait", noWait);
        entity.ifPresent(e -> wanted.put("entity", e));
        var result = shell.api().post(Route.to("checks", parts[0], parts[1], "run"), wanted);
        if (noWait) {
            shell.output().value(result, result.path("entity").asText());
            shell.say("asked; its result comes to: aramaki check show " + String.join("/", parts));
            return ExitCode.DONE.number();
        }
        shell.output()
                .show(
                        result,
                        List.of(
                                Part.text(result, "id"),
                                Part.text(result, "system"),
                                Part.text(result, "entity"),
                                Part.text(result, "check"),
                                Part.state(result, "state"),
                                Part.time(result, "at"),
                                Part.block(result, "output"),
                                Part.table("metric", CheckShow.METRICS, result.path("metrics"))));

        return ExitCode.DONE.number();
    }
}
