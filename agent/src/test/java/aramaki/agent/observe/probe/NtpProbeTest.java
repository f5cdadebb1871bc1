package aramaki.agent.observe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NtpProbeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    /// A time server on loopback whose clock is so far ahead of ours.
    private static final class FakeNtp implements AutoCloseable {
        private final DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

        FakeNtp(Instant clock, UnaryOperator<ByteBuffer> spoil) throws IOException {
            Thread.ofVirtual().start(() -> serve(clock, spoil));
        }

        private void serve(Instant clock, UnaryOperator<ByteBuffer> spoil) {
            while (!socket.isClosed()) {
                try {
                    var packet = new DatagramPacket(new byte[512], 512);
                    socket.receive(packet);
                    ByteBuffer question = ByteBuffer.wrap(packet.getData());
                    long stamp =
                            clock.getEpochSecond() + 2_208_988_800L << 32
                                    | (long) (clock.getNano() / 1e9 * 4294967296.0);
                    ByteBuffer answer =
                            ByteBuffer.allocate(48)
                                    .put(0, (byte) 0x24)
                                    .put(1, (byte) 2)
                                    .putLong(24, question.getLong(40))
                                    .putLong(32, stamp)
                                    .putLong(40, stamp);
                    byte[] bytes = spoil.apply(answer).array();
                    socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                } catch (IOException e) {
                    return;
                }
            }
        }

        Finding ask(Instant here, Duration timeout, String... more) throws InterruptedException {
            var pairs = new String[4 + more.length];
            System.arraycopy(
                    new String[] {"host", "127.0.0.1", "port", "" + socket.getLocalPort()},
                    0,
                    pairs,
                    0,
                    4);
            System.arraycopy(more, 0, pairs, 4, more.length);
            return Look.at(Look.probes(InstantSource.fixed(here)), ProbeKind.NTP, timeout, pairs);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static Finding ask(FakeNtp server, Instant here) throws InterruptedException {
        return server.ask(here, Look.LONG);
    }

    @Test
    void aRightClockIsOk() throws Exception {
        try (var server = new FakeNtp(NOW, answer -> answer)) {
            Finding finding = ask(server, NOW.plusMillis(20));

            assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
            assertThat(finding.output())
                    .startsWith("this clock is 0.020 s ahead of 127.0.0.1 port ")
                    .endsWith("; stratum 2");
            assertThat(Look.value(finding, "offset")).isBetween(0.0199, 0.0201);
        }
    }

    @Test
    void aClockThatIsOffSaysWhichWayAndTheLimit() throws Exception {
        try (var server = new FakeNtp(NOW, answer -> answer)) {
            assertThat(ask(server, NOW.minusMillis(500)))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.WARNING))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .startsWith("this clock is 0.500 s behind ")
                                            .contains(", warning below -0.100 s;"));
            assertThat(ask(server, NOW.plus(Duration.ofDays(1))))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.CRITICAL))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .startsWith("this clock is 24 h ahead of ")
                                            .contains(", critical above 1 s;"));
        }
    }

    @Test
    void theEraAfter2036IsUnderstood() throws Exception {
        var later = Instant.parse("2040-01-01T00:00:00Z");
        try (var server = new FakeNtp(later, answer -> answer)) {
            assertThat(ask(server, later).state()).isEqualTo(State.OK);
        }
    }

    @Test
    void aServerThatDoesNotKnowTheTimeTellsNothing() throws Exception {
        try (var server = new FakeNtp(NOW, answer -> answer.put(0, (byte) 0xE4))) {
            assertThat(ask(server, NOW))
                    .satisfies(f -> assertThat(f.state()).isEqualTo(State.UNKNOWN))
                    .satisfies(f -> assertThat(f.output()).endsWith("know the time itself"));
        }
    }

    @Test
    void aServerThatSendsUsAwayIsUnknownAndSaysWhy() throws Exception {
        try (var server =
                new FakeNtp(
                        NOW,
                        answer ->
                                answer.put(1, (byte) 0)
                                        .put(12, "RATE".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(ask(server, NOW).output()).endsWith(": it will not answer us: RATE");
        }
    }

    @Test
    void anAnswerToNobodysQuestionIsPassedOver() throws Exception {
        try (var server = new FakeNtp(NOW, answer -> answer.putLong(24, 0))) {
            assertThat(server.ask(NOW, Duration.ofMillis(400)).state()).isEqualTo(State.UNKNOWN);
        }
        try (var server = new FakeNtp(NOW, answer -> ByteBuffer.allocate(20))) {
            assertThat(server.ask(NOW, Duration.ofMillis(400)).state()).isEqualTo(State.UNKNOWN);
        }
    }
}
