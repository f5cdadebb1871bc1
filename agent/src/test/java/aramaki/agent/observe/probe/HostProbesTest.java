package aramaki.agent.observe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files, ports, pings and units: what probes see of this host and of the network around it.
@Timeout(60)
class HostProbesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir Path folder;

    private Path file(String text, Duration age) throws IOException {
        Path file = Files.writeString(folder.resolve("backup.tar"), text);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        return file;
    }

    private static Finding age(Path file, String... more) throws InterruptedException {
        var pairs = new String[2 + more.length];
        pairs[0] = "path";
        pairs[1] = file.toString();
        System.arraycopy(more, 0, pairs, 2, more.length);
        return Look.at(InstantSource.fixed(NOW), ProbeKind.FILE_AGE, pairs);
    }

    @Test
    void anOldFileSaysItsAgeAndTheLimit() throws Exception {
        Path file = file("12345", Duration.ofHours(30));

        assertThat(age(file).output()).isEqualTo(file + " changed 30 h ago; 5 B");
        assertThat(age(file, "warn", "3600", "crit", "93600"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                .satisfies(
                        f ->
                                assertThat(f.output())
                                        .isEqualTo(
                                                file
                                                        + " changed 30 h ago, critical above 26"
                                                        + " h; 5 B"))
                .satisfies(f -> assertThat(Look.value(f, "age")).isEqualTo(108_000));
    }

    @Test
    void aFileThatIsTooSmallSaysSo() throws Exception {
        Path file = file("12345", Duration.ofSeconds(10));

        assertThat(age(file, "sizeWarn", "1024:"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.WARNING))
                .satisfies(
                        f ->
                                assertThat(f.output())
                                        .isEqualTo(
                                                file
                                                        + " changed 10 s ago; 5 B, warning below 1"
                                                        + " KiB"));
    }

    @Test
    void aFileFromTheFutureIsNotYoung() throws Exception {
        Path file = file("x", Duration.ofHours(-3));

        assertThat(age(file, "warn", "3600"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.WARNING))
                .satisfies(f -> assertThat(f.output()).contains("3 h in the future, says a clock"));
    }

    @Test
    void aMissingFileIsCriticalUnlessSaidOtherwise() throws Exception {
        Path none = folder.resolve("none");

        assertThat(age(none)).isEqualTo(Finding.of(State.CRITICAL, none + " is not there"));
        assertThat(age(none, "missing", "ok").state()).isEqualTo(State.OK);
    }

    @Test
    void foldersPipesAndDevicesAreNoFiles() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThat(age(pipe))
                .isEqualTo(Finding.unknown(pipe + " is a pipe or device, no ordinary file"));
        assertThat(age(folder))
                .isEqualTo(Finding.unknown(folder + " is a folder, no ordinary file"));
        assertThat(age(Path.of("/dev/zero")).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aPortSomebodyListensOnIsFound() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var wide = new ServerSocket(0);
                var udp = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            String port = "" + socket.getLocalPort();

            assertThat(Look.at(ProbeKind.PORT, "port", port))
                    .isEqualTo(
                            Finding.of(
                                    State.OK,
                                    "tcp port " + port + ": a program listens on 127.0.0.1"));
            assertThat(Look.at(ProbeKind.PORT, "port", port, "address", "0.0.0.0"))
                    .isEqualTo(
                            Finding.of(
                                    State.CRITICAL,
                                    "tcp port "
                                            + port
                                            + ": nobody listens on 0.0.0.0, only on 127.0.0.1"));
            assertThat(Look.at(ProbeKind.PORT, "port", "" + wide.getLocalPort()).state())
                    .isEqualTo(State.OK);
            assertThat(
                            Look.at(
                                            ProbeKind.PORT,
                                            "protocol",
                                            "udp",
                                            "port",
                                            "" + udp.getLocalPort())
                                    .output())
                    .endsWith(": a program listens on 127.0.0.1");
        }
    }

    @Test
    void aPortNobodyListensOnIsCriticalUnlessItShouldBeFree() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
            assertThat(Look.at(ProbeKind.PORT, "port", "" + port, "expect", "free"))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                    .satisfies(f -> assertThat(f.output()).endsWith("; it should be free"));
        }

        assertThat(Look.at(ProbeKind.PORT, "port", "" + port))
                .isEqualTo(Finding.of(State.CRITICAL, "tcp port " + port + ": nobody listens"));
        assertThat(Look.at(ProbeKind.PORT, "port", "" + port, "expect", "free").state())
                .isEqualTo(State.OK);
    }

    @Test
    void theKernelsTablesAreUnderstoodAsItWritesThem() throws Exception {
        Path net = Files.createDirectories(folder.resolve("net"));
        Files.writeString(
                net.resolve("tcp"),
                """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when
                   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000
                   1: 0200A8C0:0050 0300A8C0:1F90 01 00000000:00000000 00:00000000
                """);
        Files.writeString(
                net.resolve("tcp6"),
                """
                   0: 00000000000000000000000001000000:1F90 0:0000 0A 00000000:00000000
                   1: short
                """);
        var probes = Look.probes(new HostFiles(folder), InstantSource.system());

        assertThat(Look.at(probes, ProbeKind.PORT, Look.LONG, "port", "8080").output())
                .isEqualTo("tcp port 8080: a program listens on 0:0:0:0:0:0:0:1, 127.0.0.1");
        assertThat(Look.at(probes, ProbeKind.PORT, Look.LONG, "port", "80").state())
                .isEqualTo(State.CRITICAL);
        assertThat(
                        Look.at(probes, ProbeKind.PORT, Look.LONG, "port", "80", "protocol", "udp")
                                .output())
                .isEqualTo("this kernel shows no table of its udp sockets");
    }

    private IcmpProbe ping(String script, String... more) throws IOException {
        Path program = folder.resolve("ping");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var pairs = new String[2 + more.length];
        pairs[0] = "host";
        pairs[1] = "web1";
        System.arraycopy(more, 0, pairs, 2, more.length);
        return IcmpProbe.of(
                Look.understood(ProbeKind.ICMP, pairs),
                new SystemProgram("ping", List.of(folder), "iputils-ping"),
                Look.PROGRAMS,
                Duration.ofSeconds(10));
    }

    @Test
    void theRealPingReachesLoopback() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ping")), "ping is not installed");
        Finding finding = Look.at(ProbeKind.ICMP, "host", "127.0.0.1", "count", "2");
        assumeTrue(
                !finding.output().contains("may not ping"),
                "this host does not let us ping: " + finding.output());

        assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
        assertThat(finding.output())
                .matches("127.0.0.1: 0 of 2 packets lost \\(0 %\\); round trip [0-9.]+ ms,.*");
        assertThat(Look.names(finding)).containsExactly("loss", "rtt", "rtt_max");
    }

    @Test
    void lostPacketsAndSlowOnesSayTheLimit() throws Exception {
        IcmpProbe probe =
                ping(
                        """
                        echo 'PING web1 (192.0.2.1) 56(84) bytes of data.'
                        echo
                        echo '--- web1 ping statistics ---'
                        echo '5 packets transmitted, 3 received, 40% packet loss, time 812ms'
                        echo 'rtt min/avg/max/mdev = 10.1/250.5/400.25/1.5 ms'
                        """,
                        "rttCrit", "0.2");
        Finding finding = probe.find();

        assertThat(finding.state()).isEqualTo(State.CRITICAL);
        assertThat(finding.output())
                .isEqualTo(
                        "web1: 2 of 5 packets lost (40 %), warning above 20 %; round trip 250.5"
                                + " ms, critical above 200 ms, at most 400.3 ms");
        assertThat(Look.value(finding, "loss")).isEqualTo(40);
        assertThat(Look.value(finding, "rtt")).isEqualTo(0.2505);
    }

    @Test
    void aHostThatDoesNotAnswerIsCritical() throws Exception {
        assertThat(
                        ping("echo '5 packets transmitted, 0 received, 100% packet loss'; exit 1")
                                .find()
                                .output())
                .isEqualTo("web1: no answer to 5 packets, critical above 60 %");
        assertThat(ping("echo 'ping: web1: Name or service not known' >&2; exit 2").find())
                .isEqualTo(Finding.of(State.CRITICAL, "web1: the host's name is not known"));
    }

    @Test
    void thePingOfBusyboxIsUnderstoodToo() throws Exception {
        assertThat(
                        ping("""
                                        echo '3 packets transmitted, 3 packets received, 0% packet loss'
                                        echo 'round-trip min/avg/max = 0.043/0.050/0.060 ms'
                                        """)
                                .find()
                                .state())
                .isEqualTo(State.OK);
    }

    @Test
    void whoMayNotPingIsToldHow() throws Exception {
        Finding finding = ping("echo 'ping: socket: Operation not permitted' >&2; exit 2").find();

        assertThat(finding.state()).isEqualTo(State.UNKNOWN);
        assertThat(finding.output())
                .startsWith("web1: the agent's user may not ping on this host (ping: socket:")
                .contains("allow it by setcap cap_net_raw+ep " + folder + "/ping");
    }

    @Test
    void whatPingNeverSaysIsUnknown() throws Exception {
        assertThat(ping("echo 'all is well'").find())
                .isEqualTo(Finding.unknown("web1: ping said: all is well"));
        assertThat(ping("exit 0").find().state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aHostWithoutPingSaysWhatToInstall() throws Exception {
        IcmpProbe probe = ping("exit 0");
        Files.delete(folder.resolve("ping"));

        assertThatThrownBy(probe::find)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("this host has no ping in ")
                .hasMessageContaining("install iputils-ping");
    }

    @Test
    void aHostThatLooksLikeAnOptionIsRefused() {
        assertThatThrownBy(() -> Look.at(ProbeKind.ICMP, "host", "-f"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("host: \"-f\"");
        assertThatThrownBy(() -> Look.at(ProbeKind.SYSTEMD, "unit", "--root=/x"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("unit: ");
    }

    @Test
    void morePacketsThanTheTimeoutAllowsAreRefused() {
        assertThatThrownBy(
                        () ->
                                Look.at(
                                        Look.probes(InstantSource.system()),
                                        ProbeKind.ICMP,
                                        Duration.ofSeconds(3),
                                        "host",
                                        "127.0.0.1",
                                        "count",
                                        "20"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("20 packets, 0.2 s apart");
    }
}
