package aramaki.agent.observe.plugin;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.policy.Rights;
import aramaki.model.Refusal;
import aramaki.model.observation.Output;
import aramaki.model.observation.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a plugin, ends it with everything it started, and reads what it said. Any number may run at
/// once.
public final class PluginRunner {
    static final int KEPT_OUTPUT = 64 * 1024;
    static final int KEPT_ERRORS = 1024;
    static final long MAX_OUTPUT = 1024 * 1024;

    /// How long a pipe may stay open once everything that printed to it is dead.
    private static final Duration PIPE_GRACE = Duration.ofSeconds(1);

    private static final String TAG = "ARAMAKI_RUN";

    private enum End {
        EXITED,
        TOO_MUCH,
        TIMED_OUT
    }

    private final Rights rights;
    private final Isolation isolation;

    PluginRunner(Rights rights, Isolation isolation) {
        this.rights = rights;
        this.isolation = isolation;
    }

    /// Finds out once what this host permits.
    public static PluginRunner of(Rights rights) {
        return new PluginRunner(rights, Isolation.of(rights));
    }

    /// The same without a PID namespace round each run, for a program that talks to daemons which
    /// ask the kernel who it is: from within a namespace, it is nobody to them, and they to it.
    public PluginRunner amongAll() {
        return new PluginRunner(rights, new Isolation(false, isolation.lower(), isolation.user()));
    }

    /// What keeps the runs of these rights apart on this host, one line each for people.
    public static List<String> walls(Rights rights) {
        return switch (rights) {
            case Rights.Missing _ -> List.of("so no plugin can run");
            case Rights.Own _, Rights.Lowered _ -> Isolation.of(rights).words();
        };
    }

    /// Runs an argument array whose first word is a program that speaks as the Nagios guidelines
    /// say. Interrupting the caller ends the run.
    public Finding run(List<String> argv, Duration timeout) throws InterruptedException {
        return run(argv, Output.NAGIOS, timeout);
    }

    public Finding run(List<String> argv, Output form, Duration timeout)
            throws InterruptedException {
        if (rights instanceof Rights.Missing(String user)) {
            return Finding.unknown(
                    "could not run "
                            + argv.getFirst()
                            + ": the host's policy says user: "
                            + user
                            + ", who does not exist on this host");
        }
        String tag = isolation.namespace() ? "" : TAG + "=" + UUID.randomUUID();
        Process process;
        try {
            process =
                    isolation
                            .wrap(
                                    argv,
                                    tag.isEmpty()
                                            ? Map.of()
                                            : Map.of(TAG, tag.substring(TAG.length() + 1)))
                            .start();
        } catch (IOException e) {
            return Finding.unknown(
                    "could not run " + argv.getFirst() + ": " + Text.line(e.toString(), 500));
        }
        return watch(process, tag, form, timeout);
    }

    private Finding watch(Process process, String tag, Output form, Duration timeout)
            throws InterruptedException {
        var leftovers =
                new Leftovers(
                        process.pid(), tag, tag.isEmpty() ? "" : Leftovers.pipeOf(process.pid()));
        var ended = new CompletableFuture<End>();
        Runnable tooMuch = () -> ended.complete(End.TOO_MUCH);
        var output = new Capture(KEPT_OUTPUT, MAX_OUTPUT, tooMuch);
        var errors = new Capture(KEPT_ERRORS, MAX_OUTPUT, tooMuch);
        Thread outputReader = output.drain(process.getInputStream());
        Thread errorReader = errors.drain(process.getErrorStream());
        var _ = process.onExit().thenAccept(_ -> ended.complete(End.EXITED));
        End end;
        try {
            end = await(ended, timeout);
        } finally {
            end(process, leftovers);
        }
        if (!outputReader.join(PIPE_GRACE) || !errorReader.join(PIPE_GRACE)) {
            process.destroyForcibly();
        }
        if (output.overflowed() || errors.overflowed()) {
            end = End.TOO_MUCH;
        }
        return switch (end) {
            case TIMED_OUT ->
                    Finding.unknown("timed out after " + Text.number(seconds(timeout)) + " s");
            case TOO_MUCH -> tooMuch(output);
            case EXITED -> exited(process.waitFor(), output, errors, form);
        };
    }

    private static End await(CompletableFuture<End> ended, Duration timeout)
            throws InterruptedException {
        try {
            return ended.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return End.TIMED_OUT;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a plugin", e);
        }
    }

    /// In a namespace, a run that ended by itself has left nothing, and one that has to be ended
    /// dies with its init. Without one, what is left has to be looked for.
    private void end(Process process, Leftovers leftovers) {
        if (isolation.namespace() && !process.isAlive()) {
            return;
        }
        if (isolation.namespace()) {
            process.children().forEach(ProcessHandle::destroyForcibly);
        }
        // Not Process.destroyForcibly: it closes the pipes, with what was not read yet in them.
        process.toHandle().destroyForcibly();
        leftovers.end();
    }

    private static Finding tooMuch(Capture output) {
        String began = Text.line(PluginOutput.parse(output.bytes()).text(), 200);
        return Finding.unknown(
                "printed more than 1 MiB and was ended"
                        + (began.isEmpty() ? "" : "; it began: " + began));
    }

    private Finding exited(int raw, Capture output, Capture errors, Output form) {
        return switch (form) {
            case NAGIOS -> exited(raw, output, errors);
            case JSON -> exitedWithJson(raw, output, errors);
        };
    }

    /// A document that says ok and an exit code that does not are both heard: the worse one counts.
    private Finding exitedWithJson(int raw, Capture output, Capture errors) {
        int code = Isolation.exitCode(raw);
        if (code > 3) {
            return exited(raw, output, errors);
        }
        if (output.cut()) {
            return Finding.unknown("printed more than 64 KiB, too long for a JSON document");
        }
        try {
            Finding told = JsonOutput.parse(output.bytes());
            State state = State.worst(List.of(told.state(), State.ofExitCode(code)));
            return state == told.state()
                    ? told
                    : new Finding(
                            state,
                            told.output() + " (it ended with exit code " + code + ")",
                            told.metrics());
        } catch (Refusal e) {
            String complaint = Text.line(Text.of(errors.bytes()), 200);
            String began = Text.line(Text.of(output.bytes()), 200);
            return Finding.unknown(
                    "printed no such JSON document as it must: "
                            + Text.line(e.text(), 300)
                            + (began.isEmpty() ? "; it printed nothing" : "; it began: " + began)
                            + (complaint.isEmpty() ? "" : "; on stderr: " + complaint));
        }
    }

    private Finding exited(int raw, Capture output, Capture errors) {
        PluginOutput said = PluginOutput.parse(output.bytes());
        String complaint = Text.of(errors.bytes()).strip();
        int code = Isolation.exitCode(raw);
        String text = said.text().isEmpty() ? complaint : said.text();
        if (output.cut()) {
            text += "\n(more than 64 KiB of output; the rest was not kept)";
        }
        if (code <= 3) {
            String shown = text.isEmpty() ? "(no output)" : text;
            return new Finding(State.ofExitCode(code), shown, said.metrics());
        }
        String why = why(raw, code, said.text().isEmpty() ? complaint : "");
        String shown = text.isEmpty() ? why : why + ": " + text;
        return new Finding(State.UNKNOWN, shown, said.metrics());
    }

    private String why(int raw, int code, String complaint) {
        if (Isolation.wrapperFailed(raw) && !complaint.isEmpty()) {
            return "could not be run in isolation";
        }
        if ((code == 126 || code == 127) && complaint.contains("setpriv:")) {
            return "could not be run as " + isolation.user();
        }
        int signal = code - 128;
        return signal > 0 && signal <= 64 ? "killed by signal " + signal : "exit code " + code;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
