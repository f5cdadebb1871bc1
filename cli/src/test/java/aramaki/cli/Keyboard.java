package aramaki.cli;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Terminal;
import aramaki.cli.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A person or a script that types commands, with a home and an environment of its own.
record Keyboard(Map<String, String> environment, boolean terminal, int width, String typed) {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    record Ran(int exit, String out, String err) {}

    /// stdin, stdout and stderr are pipes.
    static Keyboard script(Path home) {
        return new Keyboard(Map.of("HOME", home.toString()), false, Integer.MAX_VALUE, "");
    }

    /// They are a terminal, without colour.
    static Keyboard person(Path home) {
        return new Keyboard(Map.of("HOME", home.toString()), true, 100, "");
    }

    Keyboard asking(CannedServer server) {
        return with("ARAMAKI_SERVER", server.url());
    }

    Keyboard with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Keyboard(more, terminal, width, typed);
    }

    Keyboard typing(String text) {
        return new Keyboard(environment, terminal, width, text);
    }

    Keyboard wide(int columns) {
        return new Keyboard(environment, terminal, columns, typed);
    }

    Ran run(String... args) {
        return run(false, args);
    }

    Ran runInColour(String... args) {
        return run(true, args);
    }

    private Ran run(boolean colour, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell = shell(out, err, colour);
        int exit = new Cli(shell, Optional.empty()).commandLine().execute(args);
        return new Ran(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// One whose words nobody reads.
    Shell shell() {
        return shell(new ByteArrayOutputStream(), new ByteArrayOutputStream(), false);
    }

    Shell shell(ByteArrayOutputStream out, ByteArrayOutputStream err, boolean colour) {
        var streams =
                new Terminal(
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        terminal,
                        terminal,
                        colour,
                        width);
        var ages = new Ages(InstantSource.fixed(NOW), ZoneOffset.UTC);
        return new Shell(streams, environment, ages, _ -> {});
    }
}
