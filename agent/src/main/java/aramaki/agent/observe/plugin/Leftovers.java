package aramaki.agent.observe.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The processes of one run that are still there, found in /proc by what they cannot all have shed:
/// their session, a tag in their environment, the pipe they print to. A process that sheds all
/// three outlives its run; only a PID namespace holds that one.
///
/// @param session the session the run was started in
/// @param tag `NAME=value` in the environment of the run; empty for none
/// @param pipe the name of the pipe that is its standard output; empty for none
record Leftovers(long session, String tag, String pipe) {
    private static final Path PROC = Path.of("/proc");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int QUIET_LOOKS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final long SELF = ProcessHandle.current().pid();

    /// The pipe a process prints to, as /proc names it; empty where that cannot be seen.
    static String pipeOf(long pid) {
        return link(PROC.resolve(pid + "/fd/1"));
    }

    /// Kills all of them, and those they start meanwhile, until looks in a row find none: one that
    /// left its session and is just becoming another program shows no environment for a moment. A
    /// process that waits for a dead disk cannot die yet; it will, so we wait for it only so long.
    void end() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        int quiet = 0;
        while (quiet < QUIET_LOOKS && System.nanoTime() < until) {
            var left = find();
            quiet = left.isEmpty() ? quiet + 1 : 0;
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            if (quiet < QUIET_LOOKS) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    List<Long> find() {
        var found = new ArrayList<Long>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                if (pid != SELF && matches(entry)) {
                    found.add(pid);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("listing /proc", e);
        }
        return found;
    }

    private boolean matches(Path process) {
        String stat = read(process.resolve("stat"));
        // The program's name may hold blanks and brackets; the fields begin after the last one.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length < 4 || fields[0].equals("Z") || fields[0].equals("X")) {
            return false;
        }
        return fields[3].equals(Long.toString(session)) || tagged(process) || printing(process);
    }

    private boolean tagged(Path process) {
        return !tag.isEmpty()
                && ("\0" + read(process.resolve("environ"))).contains("\0" + tag + "\0");
    }

    private boolean printing(Path process) {
        return !pipe.isEmpty()
                && (pipe.equals(link(process.resolve("fd/1")))
                        || pipe.equals(link(process.resolve("fd/2"))));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static String link(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
