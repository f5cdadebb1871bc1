package aramaki.cli.system;

import aramaki.cli.api.Failure;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a system's document on this host, while a person edits them.
final class Documents {
    private Documents() {}

    static SortedMap<String, String> of(JsonNode system) {
        var files = new TreeMap<String, String>();
        system.path("files").propertyStream().forEach(e -> put(files, e));
        return files;
    }

    private static void put(Map<String, String> files, Map.Entry<String, JsonNode> file) {
        files.put(file.getKey(), file.getValue().asText(""));
    }

    /// Writes each file below `folder`, which only we may read.
    static void write(Path folder, Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path target = folder.resolve(file.getKey()).normalize();
            // A server must not choose where on this host we write.
            if (!target.startsWith(folder) || target.equals(folder)) {
                throw Failure.failed(
                        "the server sent a file named \"" + file.getKey() + "\"",
                        "that is outside of the system's folder",
                        "");
            }
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    /// Every file below the folder but hidden ones, which editors leave behind.
    static SortedMap<String, String> read(Path folder) {
        var files = new TreeMap<String, String>();
        try (var walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString();
                if (!path.startsWith(".") && !path.contains("/.") && !path.endsWith("~")) {
                    files.put(path, text(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + folder, e);
        }
        return files;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Failure.failed("cannot use " + file, "it is not UTF-8 text", "");
        } catch (IOException e) {
            throw Failure.failed(
                    "cannot read " + file, e.getClass().getSimpleName(), "is the path right?");
        }
    }

    static String text(Shell shell) {
        try {
            return new String(shell.terminal().in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading stdin", e);
        }
    }

    static void edit(Shell shell, Path folder, List<Path> files) throws IOException {
        var environment = shell.environment();
        String editor =
                environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", "vi"));
        var command = new ArrayList<>(List.of("sh", "-c", editor + " \"$@\"", editor));
        files.forEach(f -> command.add(f.toString()));
        int exit;
        try {
            exit =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .inheritIO()
                            .start()
                            .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted();
        }
        if (exit != 0) {
            throw Failure.failed(
                    "nothing was changed", "the editor \"" + editor + "\" ended with " + exit, "");
        }
    }

    static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
