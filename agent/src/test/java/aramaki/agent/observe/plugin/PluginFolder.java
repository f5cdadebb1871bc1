package aramaki.agent.observe.plugin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A folder of shell scripts that behave as plugins should not, readable for every user.
public record PluginFolder(Path path) {
    private static final AtomicLong MARKS = new AtomicLong(System.nanoTime() % 1_000_000_000);

    public static PluginFolder in(Path temporary) {
        try {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new PluginFolder(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path script(String name, String body) {
        try {
            Path script = Files.writeString(path.resolve(name), "#!/bin/sh\n" + body + "\n");
            return Files.setPosixFilePermissions(
                    script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A number of seconds nobody else sleeps for, so that `sleep` carries a mark.
    public static String longSleep() {
        return "3600." + MARKS.incrementAndGet();
    }

    /// The command lines of the living processes that hold a text.
    public static List<String> alive(String mark) {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var found = new java.util.ArrayList<String>();
            for (Path process : processes) {
                String line = commandLine(process);
                if (line.contains(mark)) {
                    found.add(process.getFileName() + " " + line);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
