package aramaki.cli.silence;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says what a silence would hide.
@Command(
        name = "preview",
        description = "Say what a silence would hide, now and in future, without adding it.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki silence preview --system shop check=~disk.* --for 2h"})
final class SilencePreview implements Callable<Integer> {

    private final Shell shell;

    @Mixin private Asked asked = new Asked();

    SilencePreview(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var preview = shell.api().post(Route.to("silences", "preview"), asked.body("preview"));
        shell.output()
                .show(
                        preview,
                        List.of(
                                Part.text(preview, "hides"),
                                Part.block(line(preview, "alerts"), "alerts"),
                                Part.text(preview, "future"),
                                Part.block(line(preview, "checks"), "checks")));

        return ExitCode.DONE.number();
    }

    private static JsonNode line(JsonNode preview, String name) {
        String lines =
                preview.path(name)
                        .valueStream()
                        .map(Cell::string)
                        .collect(Collectors.joining("\n"));
        return Json.mapper().createObjectNode().put(name, lines);
    }
}
