package aramaki.cli.system;

import aramaki.cli.api.Api;
import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows how a system stands, with every layer below it.
@Command(
        name = "status",
        description = "Show how a system stands, with every layer below it.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki system status shop", "  aramaki system status"})
final class SystemStatus implements Callable<Integer> {
    private static final int EVERY = 1000;

    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The system (default: every system that no other aggregates).")
    private Optional<String> name = Optional.empty();

    SystemStatus(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var api = shell.api();
        if (name.isPresent()) {
            var status = status(api, name.get());
            print(List.of(status), status);
        } else {
            var all = tops(api).map(n -> status(api, n)).toList();
            print(all, Json.mapper().createArrayNode().addAll(all));
        }

        return ExitCode.DONE.number();
    }

    private void print(List<JsonNode> trees, JsonNode document) {
        if (shell.output().wantsJson()) {
            if (name.isPresent()) {
                shell.output().show(document, List.of());
            } else {
                shell.output().list(trees, List.of());
            }
            return;
        }
        if (trees.isEmpty()) {
            shell.say("no systems; create one: aramaki system create NAME");
            return;
        }
        shell.output().rows(StatusTree.TITLES, StatusTree.rows(trees));
    }

    private static JsonNode status(Api api, String system) {
        return api.get(Route.to("systems", system, "status"));
    }

    private static Stream<String> tops(Api api) {
        var systems = api.list(Route.to("systems"), EVERY).items();
        var below =
                systems.stream()
                        .flatMap(s -> s.path("subsystems").valueStream())
                        .map(Cell::string)
                        .collect(Collectors.toSet());
        return systems.stream()
                .filter(s -> s.path("anchored").asBoolean() || !below.contains(name(s)))
                .map(SystemStatus::name);
    }

    private static String name(JsonNode system) {
        return Cell.string(system.path("name"));
    }
}
