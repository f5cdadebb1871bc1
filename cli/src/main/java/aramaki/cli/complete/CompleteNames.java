package aramaki.cli.complete;

import aramaki.cli.api.Api;
import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Plain;
import aramaki.cli.shell.Shell;
import aramaki.model.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Prints the names of one kind, a line each, and nothing at all when that does not work at once:
/// a person in the middle of a word wants no message.
@Command(
        name = "__complete",
        hidden = true,
        description = "Print names for a shell that completes words.",
        footer = "  aramaki __complete system")
public final class CompleteNames implements Callable<Integer> {
    private static final long PATIENCE_MILLIS = 2000;
    private static final int MOST = 1000;

    private final Shell shell;

    @Parameters(paramLabel = "KIND", description = "system, entity, check, alert or agent.")
    private String kind = "";

    public CompleteNames(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var answer = new CompletableFuture<List<String>>();
        Thread.ofVirtual().start(() -> answer.complete(names()));
        try {
            answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .forEach(shell.terminal().out()::println);
        } catch (TimeoutException | ExecutionException e) {
            return ExitCode.DONE.number();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE.number();
    }

    private List<String> names() {
        try {
            return words(shell.api()).filter(CompleteNames::typable).distinct().toList();
        } catch (Failure | Refusal | UncheckedIOException e) {
            return List.of();
        }
    }

    private Stream<String> words(Api api) {
        return switch (kind) {
            case "system" -> list(api, "systems").map(s -> text(s, "name"));
            case "entity" -> list(api, "entities").map(e -> text(e, "name"));
            case "agent" -> list(api, "agents").map(a -> text(a, "name"));
            case "check" -> list(api, "checks").map(c -> text(c, "system") + "/" + text(c, "name"));
            case "alert" -> list(api, "alerts").map(a -> text(a, "key"));
            default -> Stream.of();
        };
    }

    private static Stream<JsonNode> list(Api api, String what) {
        return api.list(Route.to(what), MOST).items().stream();
    }

    /// A name is put on a command line, so it is one word that no shell reads in another way.
    private static boolean typable(String name) {
        return name.matches("[A-Za-z0-9_.:@%+,/-]+") && name.equals(Plain.line(name));
    }

    private static String text(JsonNode node, String member) {
        return Cell.string(node.path(member));
    }
}
