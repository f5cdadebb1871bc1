package aramaki.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Tells from the host's init whether a stop of the agent is one of the host.
///
/// With systemd: its state is `stopping`, and its jobs, or what `shutdown` scheduled, name the
/// goal. Without: the runlevel is 6 or 0. A host that is going down for a reason we cannot tell
/// counts as one that reboots, as somebody should look when it does not come back.
///
/// @param root `/`, or where a test keeps such files
/// @param programs folders in which `systemctl` and `runlevel` are looked for
public record ShutdownSigns(Path root, List<Path> programs) {
    private static final long PATIENCE_MILLIS = 1000;
    private static final int MAX_OUTPUT = 16 * 1024;

    public static ShutdownSigns ofThisHost() {
        return new ShutdownSigns(
                Path.of("/"),
                List.of(
                        Path.of("/usr/bin"),
                        Path.of("/bin"),
                        Path.of("/sbin"),
                        Path.of("/usr/sbin")));
    }

    /// Why the agent is stopping now, at the moment it was told to.
    public StopKind kind() {
        if (Files.isDirectory(root.resolve("run/systemd/system"))) {
            return output("systemctl", "is-system-running").strip().equals("stopping")
                    ? goal()
                    : StopKind.STOP;
        }
        var words = output("runlevel").strip().split("\\s+");
        return switch (words[words.length - 1]) {
            case "6" -> StopKind.REBOOT;
            case "0" -> StopKind.POWEROFF;
            default -> StopKind.STOP;
        };
    }

    private StopKind goal() {
        var jobs = output("systemctl", "list-jobs", "--no-legend", "--no-pager", "--plain");
        if (jobs.contains("poweroff.target") || jobs.contains("halt.target")) {
            return StopKind.POWEROFF;
        }
        if (jobs.contains("reboot.target") || jobs.contains("kexec.target")) {
            return StopKind.REBOOT;
        }
        try {
            var scheduled =
                    Files.readString(
                            root.resolve("run/systemd/shutdown/scheduled"), StandardCharsets.UTF_8);
            boolean off = scheduled.contains("MODE=poweroff") || scheduled.contains("MODE=halt");
            return off ? StopKind.POWEROFF : StopKind.REBOOT;
        } catch (IOException e) {
            return StopKind.REBOOT;
        }
    }

    /// What a program prints; nothing where there is none, or where it takes too long.
    private String output(String program, String... arguments) {
        var found =
                programs.stream()
                        .map(folder -> folder.resolve(program))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            return "";
        }
        var command = new java.util.ArrayList<String>();
        command.add(found.get().toString());
        command.addAll(List.of(arguments));
        Process process = null;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return "";
            }
            return new String(
                    process.getInputStream().readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
