package aramaki.agent.observe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// By output of `systemctl show` as systemd 252 prints it.
class SystemdProbeTest {
    private static final String RUNNING =
            """
            Result=success
            NRestarts=0
            ExecMainStatus=0
            Id=nginx.service
            LoadState=loaded
            ActiveState=active
            SubState=running
            UnitFileState=enabled
            StateChangeTimestamp=Sun 2026-03-01 09:00:00 UTC
            """;

    @TempDir Path folder;

    private SystemdProbe probe(String script, String... pairs) throws IOException {
        Path program = folder.resolve("systemctl");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return SystemdProbe.of(
                Look.understood(ProbeKind.SYSTEMD, pairs),
                new SystemProgram("systemctl", List.of(folder), "systemd"),
                Look.PROGRAMS,
                folder,
                Look.LONG);
    }

    private Finding judge(String shown, String... more) throws IOException {
        var pairs = new String[2 + more.length];
        pairs[0] = "unit";
        pairs[1] = "nginx";
        System.arraycopy(more, 0, pairs, 2, more.length);
        return probe("", pairs).judge(shown);
    }

    @Test
    void aUnitThatRunsIsOkAndSaysSinceWhen() throws Exception {
        Finding finding = judge(RUNNING);

        assertThat(finding.state()).isEqualTo(State.OK);
        assertThat(finding.output())
                .isEqualTo("nginx.service is active (running) since Sun 2026-03-01 09:00:00 UTC");
        assertThat(Look.value(finding, "restarts")).isZero();
    }

    @Test
    void aFailedUnitSaysItsResult() throws Exception {
        Finding finding =
                judge(
                        RUNNING.replace("ActiveState=active", "ActiveState=failed")
                                .replace("SubState=running", "SubState=failed")
                                .replace("Result=success", "Result=exit-code")
                                .replace("ExecMainStatus=0", "ExecMainStatus=203"));

        assertThat(finding.state()).isEqualTo(State.CRITICAL);
        assertThat(finding.output())
                .isEqualTo(
                        "nginx.service is failed (failed) since Sun 2026-03-01 09:00:00 UTC;"
                                + " result exit-code, exit status 203, expected active");
    }

    @ParameterizedTest
    @CsvSource({
        "active, exited, active, OK",
        "reloading, reload, active, OK",
        "activating, start-pre, active, WARNING",
        "deactivating, stop-sigterm, active, WARNING",
        "activating, auto-restart, active, CRITICAL",
        "activating, auto-restart, not-failed, CRITICAL",
        "inactive, dead, active, CRITICAL",
        "inactive, dead, inactive, OK",
        "inactive, dead, not-failed, OK",
        "active, running, inactive, CRITICAL",
        "failed, failed, not-failed, CRITICAL",
        "something, new, active, CRITICAL"
    })
    void eachStateMeansSomething(String active, String sub, String expect, State state)
            throws Exception {
        assertThat(
                        judge(
                                        RUNNING.replace(
                                                        "ActiveState=active",
                                                        "ActiveState=" + active)
                                                .replace("SubState=running", "SubState=" + sub),
                                        "expect",
                                        expect)
                                .state())
                .isEqualTo(state);
    }

    @Test
    void restartsHaveLimits() throws Exception {
        Finding finding = judge(RUNNING.replace("NRestarts=0", "NRestarts=7"), "warn", "3");

        assertThat(finding.state()).isEqualTo(State.WARNING);
        assertThat(finding.output()).endsWith("; restarted 7 times, warning above 3");
    }

    @Test
    void aUnitThatIsNotThereOrMaskedIsCritical() throws Exception {
        assertThat(
                        judge(
                                "Id=nginx.service\nLoadState=not-found\nActiveState=inactive\n"
                                        + "SubState=dead\n"))
                .isEqualTo(Finding.of(State.CRITICAL, "nginx.service: this host has no such unit"));
        assertThat(
                        judge(
                                "Id=nginx.service\nLoadState=masked\nActiveState=inactive\n"
                                        + "SubState=dead\n"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                .satisfies(f -> assertThat(f.output()).contains("; the unit file is masked"));
    }

    @Test
    void aTimerHasNoRestarts() throws Exception {
        Finding finding =
                probe("", "unit", "backup.timer")
                        .judge("LoadState=loaded\nActiveState=active\nSubState=waiting\n");

        assertThat(finding.output()).isEqualTo("backup.timer is active (waiting)");
        assertThat(finding.metrics()).isEmpty();
    }

    @Test
    void systemctlIsRunWithTheUnitAsItsLastWord() throws Exception {
        Finding finding =
                probe(
                                "for w; do last=$w; done\n"
                                        + "[ \"$last\" = 'dev-sda.device' ] || exit 9\n"
                                        + "printf 'LoadState=loaded\\nActiveState=active\\nSubState=x\\n'",
                                "unit",
                                "dev-sda.device")
                        .find();

        assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
    }

    @Test
    void aSystemctlThatFailsOrTalksNonsenseIsUnknown() throws Exception {
        assertThat(probe("echo 'Failed to connect to bus' >&2; exit 1", "unit", "x").find())
                .isEqualTo(Finding.unknown("x.service: systemctl said: Failed to connect to bus"));
        assertThat(probe("echo hello", "unit", "x").find().state()).isEqualTo(State.UNKNOWN);
    }

    /// As root, systemctl talks to systemd itself, and gives up where the kernel does not tell it
    /// the process at the other end.
    @Test
    void systemctlRunsInNoNamespaceOfItsOwn() throws Exception {
        var probe =
                probe(
                        """
                        [ $(grep NSpid /proc/self/status | wc -w) = 2 ] || exit 1
                        echo LoadState=loaded; echo ActiveState=active; echo SubState=running""",
                        "unit",
                        "nginx");

        assertThat(probe.find())
                .isEqualTo(Finding.of(State.OK, "nginx.service is active (running)"));
    }

    @Test
    void aHostWithoutSystemdSaysSo() throws Exception {
        var probe =
                SystemdProbe.of(
                        Look.understood(ProbeKind.SYSTEMD, "unit", "nginx"),
                        SystemProgram.of("systemctl", "systemd"),
                        Look.PROGRAMS,
                        folder.resolve("none"),
                        Look.LONG);

        assertThat(probe.find())
                .isEqualTo(
                        Finding.unknown(
                                "nginx.service: this host does not run systemd (PID 1 is another"
                                        + " program)"));
    }
}
