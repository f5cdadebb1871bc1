package aramaki.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A program that runs beside the test, with everything it said so far.
final class Program implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Program(Process process) {
        this.process = process;
    }

    static Program start(ProcessBuilder builder) throws IOException {
        var program = new Program(builder.redirectErrorStream(true).start());
        Thread.ofVirtual().start(program::read);
        return program;
    }

    private void read() {
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) { // it was killed while it spoke
            lines.add("(cut off: " + e.getMessage() + ")");
        }
    }

    /// Waits until a line matches; the match tells its parts.
    Matcher says(String pattern, Duration within) {
        var compiled = Pattern.compile(pattern);
        return Awaitility.await("a line like " + pattern)
                .pollInterval(Duration.ofMillis(50))
                .atMost(within)
                .until(
                        () -> {
                            if (!process.isAlive() && find(compiled) == null) {
                                throw new AssertionError("it ended, having said: " + lines);
                            }
                            return find(compiled);
                        },
                        found -> found != null);
    }

    private @Nullable Matcher find(Pattern pattern) {
        for (String line : lines) {
            var matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
        return null;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    long pid() {
        return process.pid();
    }

    /// What it started, and what those started.
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// SIGTERM; returns the exit code.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it did not stop within " + STOP + ", having said: " + lines);
        }
        return process.exitValue();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
