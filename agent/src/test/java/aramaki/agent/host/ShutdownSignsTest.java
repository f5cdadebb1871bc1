package aramaki.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Why the agent stops, as init tells; with programs that answer as the real ones do.
class ShutdownSignsTest {
    @TempDir Path folder;

    @Test
    void anAgentThatIsRestartedOnARunningHostStopsAlone() throws IOException {
        systemd("running", "123 aramaki-agent.service stop running");
        assertThat(kind()).isEqualTo(StopKind.STOP);
        systemd("degraded", "");
        assertThat(kind()).isEqualTo(StopKind.STOP);
    }

    @Test
    void aHostThatRebootsIsTold() throws IOException {
        systemd(
                "stopping",
                "201 reboot.target start waiting\\n7 aramaki-agent.service stop running");
        assertThat(kind()).isEqualTo(StopKind.REBOOT);
        systemd("stopping", "201 kexec.target start waiting");
        assertThat(kind()).isEqualTo(StopKind.REBOOT);
    }

    @Test
    void aHostThatIsSwitchedOffIsTold() throws IOException {
        systemd("stopping", "201 poweroff.target start waiting");
        assertThat(kind()).isEqualTo(StopKind.POWEROFF);
        systemd("stopping", "201 halt.target start waiting");
        assertThat(kind()).isEqualTo(StopKind.POWEROFF);
    }

    @Test
    void whatShutdownScheduledIsKnownWhereJobsTellNothing() throws IOException {
        systemd("stopping", "");
        assertThat(kind())
                .as("somebody should look if it does not come back")
                .isEqualTo(StopKind.REBOOT);
        Files.createDirectories(folder.resolve("run/systemd/shutdown"));
        Files.writeString(
                folder.resolve("run/systemd/shutdown/scheduled"), "USEC=1\nMODE=poweroff\n");
        assertThat(kind()).isEqualTo(StopKind.POWEROFF);
    }

    @Test
    void withoutSystemdTheRunlevelTells() throws IOException {
        program("runlevel", "echo N 2");
        assertThat(kind()).isEqualTo(StopKind.STOP);
        program("runlevel", "echo 2 6");
        assertThat(kind()).isEqualTo(StopKind.REBOOT);
        program("runlevel", "echo 2 0");
        assertThat(kind()).isEqualTo(StopKind.POWEROFF);
        program("runlevel", "echo unknown; exit 1");
        assertThat(kind()).isEqualTo(StopKind.STOP);
    }

    @Test
    void aHostWithNeitherStopsTheAgentAlone() {
        assertThat(kind()).isEqualTo(StopKind.STOP);
    }

    @Test
    void anInitThatDoesNotAnswerHoldsNobodyUp() throws IOException {
        Files.createDirectories(folder.resolve("run/systemd/system"));
        program("systemctl", "exec sleep 60");
        long begun = System.nanoTime();

        assertThat(kind()).isEqualTo(StopKind.STOP);
        assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
    }

    private StopKind kind() {
        return new ShutdownSigns(folder, List.of(folder.resolve("none"), folder)).kind();
    }

    private void systemd(String state, String jobs) throws IOException {
        Files.createDirectories(folder.resolve("run/systemd/system"));
        program(
                "systemctl",
                "case $1 in is-system-running) echo "
                        + state
                        + "; exit 1;; list-jobs) printf '"
                        + jobs
                        + "\\n';; esac");
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
