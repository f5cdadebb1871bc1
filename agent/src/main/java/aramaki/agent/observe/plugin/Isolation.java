package aramaki.agent.observe.plugin;

import aramaki.agent.policy.Rights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The walls around one run: which wrappers start it, so that it runs with lowered rights and can
/// be ended with everything it started.
///
/// @param namespace each run has a PID namespace of its own, which the kernel empties at its end
/// @param lower the words before the program that lower its rights; none where it keeps ours
/// @param user whose rights it gets
record Isolation(boolean namespace, List<String> lower, String user) {
    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// What the wrappers themselves exit with when they fail is 1, 2, 126 or 127, which would pass
    /// for a warning or a critical state. So the init shell adds this to the program's own code;
    /// what then reads as 0 to 3 was surely said by the program.
    private static final int SHIFT = 77;

    /// The init of a run. It stays when the program is killed by a signal, which as PID 1 it could
    /// not be, and it keeps root's rights, as losing them would lose `--kill-child` too.
    private static final String INIT = "\"$@\"; exit $((($?+" + SHIFT + ")%256))";

    private static final int PROBE_SECONDS = 5;

    Isolation {
        lower = List.copyOf(lower);
    }

    /// The strongest walls this host permits, for a program with these rights.
    static Isolation of(Rights rights) {
        return switch (rights) {
            case Rights.Own(String user) -> new Isolation(namespaces(), List.of(), user);
            case Rights.Lowered(String user, long uid, long gid) ->
                    new Isolation(namespaces(), setpriv(uid, gid), user);
            case Rights.Missing(String user) -> new Isolation(false, List.of(), user);
        };
    }

    static List<String> setpriv(long uid, long gid) {
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
    }

    /// The command with its wrappers around it, in a small environment in which nothing is ours.
    ProcessBuilder wrap(List<String> argv, Map<String, String> extra) {
        var words = new ArrayList<String>();
        // Children of a JVM share its process group; a session of its own takes a run out of it.
        words.add("setsid");
        if (namespace) {
            words.addAll(List.of("unshare", "--pid", "--fork", "--kill-child", "--"));
        }
        words.addAll(List.of("/bin/sh", "-c", INIT, "sh"));
        words.addAll(lower);
        words.addAll(argv);
        var builder = new ProcessBuilder(words).directory(Path.of("/").toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", PATH);
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", "/");
        environment.putAll(extra);
        return builder;
    }

    /// The program's own exit code out of that of the wrappers.
    static int exitCode(int raw) {
        return Math.floorMod(raw - SHIFT, 256);
    }

    /// Whether the outermost wrappers failed before the program could be reached.
    static boolean wrapperFailed(int raw) {
        return raw == 1 || raw == 2 || raw == 126 || raw == 127;
    }

    /// What of this works here, one line each for people.
    List<String> words() {
        var lines = new ArrayList<String>();
        if (!lower.isEmpty()) {
            lines.add(
                    works(new Isolation(false, lower, user))
                            ? "setpriv works: their rights are lowered for each run"
                            : "setpriv does not work here: no plugin can run; install util-linux");
        }
        lines.add(
                namespace
                        ? "PID namespaces work: a run ends with everything it started"
                        : "PID namespaces do not work here: what a run leaves is looked for and"
                                + " ended");
        return lines;
    }

    private static boolean namespaces() {
        return works(new Isolation(true, List.of(), ""));
    }

    private static boolean works(Isolation isolation) {
        var probe = isolation.wrap(List.of("true"), Map.of());
        probe.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = probe.start();
            try {
                return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)
                        && process.exitValue() == SHIFT;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
