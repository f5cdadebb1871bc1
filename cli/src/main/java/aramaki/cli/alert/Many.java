package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which alerts an act is about: some by key, or all that a query finds.
final class Many {
    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "SYSTEM/ENTITY/CHECK, the key that alert list --json prints.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--query",
            paramLabel = "QUERY",
            description = "All that this filter finds, as on the page: 'system:shop state:firing'.")
    private Optional<String> query = Optional.empty();

    @Option(names = "--dry-run", description = "Only say how many, and of which systems.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask before acting on many.")
    private boolean yes;

    /// Does it; says what was done and how to undo it.
    ///
    /// @param body what goes with the act
    void act(Shell shell, String verb, String done, ObjectNode body) {
        if (keys.isEmpty() == query.isEmpty()) {
            throw Failure.usage(
                    keys.isEmpty()
                            ? "which alerts? name their keys, or a --query"
                            : "name keys or a --query, not both",
                    "the keys: aramaki alert list --json=key");
        }
        if (keys.size() == 1 && !dryRun) {
            one(shell, verb, done, body);
        } else {
            many(shell, verb, done, body);
        }
    }

    private void one(Shell shell, String verb, String done, ObjectNode body) {
        String key = keys.getFirst();
        var answer = shell.api().post(Keys.route(key, verb), body);
        shell.output().value(answer, Cell.string(answer.path("id")));
        shell.say(done + " " + key);
        undo(shell, answer, verb);
    }

    private void many(Shell shell, String verb, String done, ObjectNode body) {
        body.put("act", verb);
        query.ifPresent(q -> body.put("query", q));
        if (!keys.isEmpty()) {
            var list = body.putArray("keys");
            keys.forEach(list::add);
        }
        if (dryRun || !yes) {
            var would =
                    shell.api()
                            .post(Route.to("alerts", "acts"), body.deepCopy().put("dryRun", true));
            if (dryRun) {
                shell.output().value(would, Integer.toString(would.path("count").asInt()));
                shell.say(verb + " would be about " + counted(would));
                return;
            }
            if (would.path("count").asInt() == 0) {
                throw Failure.failed(
                        "no alert is meant",
                        "nothing was done",
                        "what there is: aramaki alert list");
            }
            confirm(shell, verb, would);
            body.put("expected", would.path("count").asInt());
        }
        var answer = shell.api().post(Route.to("alerts", "acts"), body);
        shell.output().value(answer, Cell.string(answer.path("id")));
        shell.say(done + " " + counted(answer));
        answer.path("leftItems")
                .forEach(
                        left ->
                                shell.say(
                                        "left: "
                                                + Cell.string(left.path("key"))
                                                + " "
                                                + Cell.string(left.path("why"))));
        undo(shell, answer, verb);
    }

    private static void confirm(Shell shell, String verb, JsonNode would) {
        if (!shell.mayAsk()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "nothing was done, as nobody can be asked here",
                    verb + " is about " + counted(would),
                    "to go on, add --yes");
        }
        shell.ask(verb + " is about " + counted(would) + ". Type yes to go on:");
        if (!shell.terminal().readLine().orElse("").equals("yes")) {
            throw Failure.failed("nothing was done", "that was not yes", "");
        }
    }

    private static void undo(Shell shell, JsonNode answer, String verb) {
        if (answer.path("id").isTextual() && !verb.equals("comment")) {
            shell.say("to undo: aramaki alert undo " + Cell.string(answer.path("id")));
        }
    }

    /// `300 alerts of shop (200) and bank (100)`.
    static String counted(JsonNode answer) {
        int count = answer.path("count").asInt();
        String of =
                answer.path("systems")
                        .propertyStream()
                        .map(e -> e.getKey() + " (" + e.getValue().asInt() + ")")
                        .collect(Collectors.joining(", "));
        return count + (count == 1 ? " alert" : " alerts") + (of.isEmpty() ? "" : " of " + of);
    }

    static ObjectNode body() {
        return Json.mapper().createObjectNode();
    }
}
