package aramaki.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What we read from and print to, and what it can show.
///
/// @param inIsTerminal whether a person could answer a question
/// @param outIsTerminal whether a person reads the data
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean colour,
        int width) {
    private static final int USUAL_WIDTH = 80;

    /// This process's own streams. Data is UTF-8 whatever the locale says, so that pipes agree.
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean out = isTerminal(1);
        return new Terminal(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isTerminal(0),
                out,
                out && wantsColour(environment),
                out ? width(environment) : Integer.MAX_VALUE);
    }

    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /// One line that a person or a program gave us; empty at the end of the input.
    public Optional<String> readLine() {
        var line = new java.io.ByteArrayOutputStream();
        try {
            int c;
            while ((c = in.read()) >= 0 && c != '\n') {
                line.write(c);
            }
            return c < 0 && line.size() == 0
                    ? Optional.empty()
                    : Optional.of(line.toString(StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("reading what was typed", e);
        }
    }

    /// The same without showing it while it is typed.
    @SuppressWarnings("SystemConsoleNull") // it is null again since 25, when not interactive
    public Optional<String> readSecret() {
        var console = System.console();
        if (!inIsTerminal || console == null) {
            return readLine();
        }
        char[] typed = console.readPassword();
        return Optional.ofNullable(typed).map(t -> new String(t).strip());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("SystemConsoleNull") // it is null again since 25, when not interactive
    private static boolean isTerminal(int descriptor) {
        var link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String device = Files.readSymbolicLink(link).toString();
                return device.startsWith("/dev/pts/")
                        || device.startsWith("/dev/tty")
                        || device.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }

    static int width(Map<String, String> environment) {
        return columns(environment.getOrDefault("COLUMNS", ""))
                .or(Terminal::widthOfTerminal)
                .orElse(USUAL_WIDTH);
    }

    private static Optional<Integer> columns(String text) {
        return text.matches("[1-9][0-9]{0,4}")
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty();
    }

    private static Optional<Integer> widthOfTerminal() {
        try {
            var process =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Path.of("/dev/tty").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                String size = reader.readLine();
                process.waitFor(1, TimeUnit.SECONDS);
                return columns(size == null ? "" : size.replaceAll("^[0-9]+ ", ""));
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
