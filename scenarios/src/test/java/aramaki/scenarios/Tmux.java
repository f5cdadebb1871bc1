package aramaki.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// A real terminal with a shell in it, which the test types into and reads.
final class Tmux implements AutoCloseable {
    private final Path socket;

    private Tmux(Path socket) {
        this.socket = socket;
    }

    static Tmux start(Path folder, int height, int width, List<String> environment)
            throws IOException, InterruptedException {
        var tmux = new Tmux(folder.resolve("tmux"));
        var shell = new ArrayList<>(List.of("env"));
        shell.addAll(environment);
        shell.addAll(List.of("bash", "--norc"));
        tmux.run(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                Integer.toString(width),
                "-y",
                Integer.toString(height),
                String.join(" ", shell));
        return tmux;
    }

    /// Types keys by their names in tmux; anything else letter by letter.
    void type(String... keys) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        run(words.toArray(String[]::new));
    }

    void resize(int height, int width) throws IOException, InterruptedException {
        run("resize-window", "-x", Integer.toString(width), "-y", Integer.toString(height));
    }

    String screen() throws IOException, InterruptedException {
        return run("capture-pane", "-p");
    }

    /// The screen with its colours, as escape sequences.
    String colours() throws IOException, InterruptedException {
        return run("capture-pane", "-p", "-e");
    }

    /// Waits until the screen passes, and returns it.
    String shows(Predicate<String> wanted, Duration within) {
        try {
            return Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(within)
                    .until(this::screen, wanted::test);
        } catch (ConditionTimeoutException e) {
            try {
                throw new AssertionError("the screen never passed:\n" + screen(), e);
            } catch (IOException | InterruptedException gone) {
                throw new AssertionError(gone);
            }
        }
    }

    /// Writes every byte that the terminal is sent from now on into a file.
    void record(Path file) throws IOException, InterruptedException {
        run("pipe-pane", "-o", "cat >> " + file);
    }

    /// The program that runs in the shell.
    ProcessHandle program() throws IOException, InterruptedException {
        long shell = Long.parseLong(run("list-panes", "-F", "#{pane_pid}").strip());
        return ProcessHandle.of(shell).orElseThrow().children().findFirst().orElseThrow();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " said: " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (Files.exists(socket)) {
            run("kill-server");
        }
    }
}
