package aramaki.cli.admin;

import aramaki.cli.api.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a stopped server keeps its data, for the commands that can do without a running one.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Look into this data directory of a stopped server instead.")
    private Optional<Path> data = Optional.empty();

    JsonNode answer(
            Optional<Offline> offline,
            java.util.function.BiFunction<Offline, Path, JsonNode> ask,
            java.util.function.Supplier<JsonNode> online) {
        if (data.isEmpty()) {
            return online.get();
        }
        var able =
                offline.orElseThrow(
                        () ->
                                Failure.usage(
                                        "this program cannot read a data directory",
                                        "ask the running server: leave out --data"));
        return ask.apply(able, data.get());
    }
}
