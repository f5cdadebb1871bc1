package aramaki.cli.system;

import aramaki.cli.api.Api;
import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Changes the document of a system, in an editor or from files.
@Command(
        name = "edit",
        description = "Change the files of a system, in your editor or from a file.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki system edit shop",
            "  aramaki system edit shop --path checks/http-front.yaml --file http-front.yaml",
            "  aramaki system edit shop --file ./shop    # a folder replaces them all"
        })
final class SystemEdit implements Callable<Integer> {
    private static final String MAIN = "system.yaml";

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The system.")
    private String name = "";

    @Option(
            names = "--file",
            paramLabel = "F",
            description = "Take it from this file (- is stdin), or all of it from this folder.")
    private Optional<String> file = Optional.empty();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Which file of the system (default: system.yaml; in the editor, all).")
    private Optional<String> path = Optional.empty();

    SystemEdit(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (file.isEmpty() && !(shell.mayAsk() && shell.terminal().outIsTerminal())) {
            throw Failure.usage(
                    "there is no terminal to edit in",
                    "give the text: aramaki system edit " + name + " --file F");
        }
        var api = shell.api();
        var system = api.get(Route.to("systems", name));
        var before = Documents.of(system);
        if (file.isPresent()) {
            save(api, system, before, given(before, file.get()));
        } else {
            inEditor(api, system, before);
        }
        return ExitCode.DONE.number();
    }

    private SortedMap<String, String> given(Map<String, String> before, String source) {
        if (!source.equals("-") && Files.isDirectory(Path.of(source))) {
            return Documents.read(Path.of(source));
        }
        var after = new TreeMap<>(before);
        after.put(
                path.orElse(MAIN),
                source.equals("-") ? Documents.text(shell) : Documents.text(Path.of(source)));
        return after;
    }

    /// When the server refuses, the person's work stays where it is.
    private void inEditor(Api api, JsonNode system, SortedMap<String, String> before) {
        try {
            Path folder = Files.createTempDirectory("aramaki-" + name + "-");
            Documents.write(folder, before.isEmpty() ? Map.of(MAIN, "") : before);
            var opened =
                    path.map(p -> List.of(folder.resolve(p)))
                            .orElseGet(
                                    () ->
                                            Documents.read(folder).keySet().stream()
                                                    .map(folder::resolve)
                                                    .toList());
            Documents.edit(shell, folder, opened);
            try {
                save(api, system, before, Documents.read(folder));
            } catch (Refusal | Failure e) {
                shell.say("your text is kept in " + folder);
                throw e;
            }
            Documents.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("editing " + name, e);
        }
    }

    private void save(
            Api api,
            JsonNode system,
            SortedMap<String, String> before,
            SortedMap<String, String> after) {
        if (after.equals(before)) {
            shell.output().value(system, name);
            shell.say("nothing has changed");
            return;
        }
        ObjectNode body = Json.mapper().createObjectNode();
        var files = body.putObject("files");
        after.forEach(files::put);
        var saved = api.put(Route.to("systems", name), body);
        shell.output().value(saved, Cell.string(saved.path("name")));
        shell.say("changed " + name + "; see it: aramaki system show " + name);
    }
}
