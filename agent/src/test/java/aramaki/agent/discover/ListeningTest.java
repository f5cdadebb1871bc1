package aramaki.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningTest {
    @TempDir Path root;

    @Test
    void aListenerIsKnownByItsAddressPortAndProgram() {
        var host =
                new FakeHost(root)
                        .program(77, "nginx", "nginx: master process nginx\0", 4711)
                        .tcp("00000000:0050 0A 4711", "0100007F:1538 0A 9", "0100007F:0016 01 8")
                        .host();

        assertThat(Listening.on(host))
                .extracting(Listening::words, Listening::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("*:80", "nginx"),
                        org.assertj.core.groups.Tuple.tuple("127.0.0.1:5432", ""));
    }

    @Test
    void oneThatListensOnBothFamiliesCountsOnce() {
        var host =
                new FakeHost(root)
                        .program(77, "nginx", "nginx\0", 1)
                        .tcp("00000000:0050 0A 2")
                        .tcp6(
                                "00000000000000000000000000000000:0050 0A 1",
                                "00000000000000000000000001000000:0051 0A 3")
                        .host();

        assertThat(Listening.on(host))
                .extracting(Listening::host, Listening::port, Listening::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("127.0.0.1", 80, "nginx"),
                        org.assertj.core.groups.Tuple.tuple("0:0:0:0:0:0:0:1", 81, ""));
    }

    @Test
    void rowsThatAreNoneAreSkipped() {
        var host =
                new FakeHost(root)
                        .file(
                                "/proc/net/tcp",
                                "x\n\n 0: zz 0 0A\n 1: 000000GG:0050 0 0A 1 2 3 4 5 6 7\n")
                        .host();

        assertThat(Listening.on(host)).isEmpty();
    }

    @Test
    void aSocketOfThisVeryProcessIsSeenOnTheRealHost() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Listening.on(Host.here()))
                    .filteredOn(l -> l.port() == socket.getLocalPort())
                    .singleElement()
                    .satisfies(
                            l -> {
                                assertThat(l.program())
                                        .hasValueSatisfying(
                                                p ->
                                                        assertThat(p.pid())
                                                                .isEqualTo(
                                                                        ProcessHandle.current()
                                                                                .pid()));
                                assertThat(l.loopback()).isTrue();
                            });
        }
    }
}
