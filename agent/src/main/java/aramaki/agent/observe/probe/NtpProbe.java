package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.probe.net.Peer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Asks a time server by one packet of SNTP (RFC 5905) how far this host's clock is off. A server
/// that does not know the time itself tells nothing about ours.
record NtpProbe(Peer peer, Thresholds thresholds, InstantSource clock) implements Probe {
    private static final int PACKET = 48;
    private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
    private static final byte VERSION_4_CLIENT = 0x23;
    private static final int SERVER = 4;
    private static final int NOT_SYNCHRONISED = 3;
    private static final int HIGHEST_STRATUM = 15;
    private static final int SENT_AT = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What came back, and when by our clock.
    private record Answer(ByteBuffer packet, Instant sent, Instant received, double roundTrip) {}

    static NtpProbe of(Parameters parameters, Duration timeout, InstantSource clock) {
        return new NtpProbe(parameters.peer(timeout), parameters.thresholds(), clock);
    }

    @Override
    public Finding find() throws IOException {
        var address = new InetSocketAddress(peer.host(), peer.port());
        if (address.isUnresolved()) {
            return Finding.unknown(peer.name() + ": the host's name is not known");
        }
        try (var socket = new DatagramSocket()) {
            socket.connect(address);
            return judge(ask(socket));
        } catch (SocketTimeoutException e) {
            return Finding.unknown(
                    peer.name()
                            + ": no answer within "
                            + Text.number(peer.timeout().toMillis() / 1000.0)
                            + " s");
        }
    }

    /// The time we say we sent at is random: only who got our packet can repeat it.
    private Answer ask(DatagramSocket socket) throws IOException {
        var question = ByteBuffer.allocate(PACKET).put(0, VERSION_4_CLIENT);
        long token = RANDOM.nextLong() | 1;
        question.putLong(SENT_AT, token);
        Instant sent = clock.instant();
        long begin = System.nanoTime();
        socket.send(new DatagramPacket(question.array(), PACKET));
        while (true) {
            var packet = new DatagramPacket(new byte[512], 512);
            long left = peer.timeout().toNanos() - (System.nanoTime() - begin);
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) Math.clamp(left / 1_000_000, 1, Integer.MAX_VALUE));
            socket.receive(packet);
            Instant received = clock.instant();
            double roundTrip = (System.nanoTime() - begin) / 1e9;
            var answer = ByteBuffer.wrap(packet.getData(), 0, packet.getLength()).slice();
            if (answer.limit() >= PACKET
                    && (answer.get(0) & 7) == SERVER
                    && answer.getLong(24) == token) {
                return new Answer(answer, sent, received, roundTrip);
            }
        }
    }

    private Finding judge(Answer answer) {
        ByteBuffer packet = answer.packet();
        int stratum = packet.get(1) & 0xFF;
        int leap = packet.get(0) >> 6 & 3;
        if (stratum == 0) {
            var code = new byte[4];
            packet.get(12, code);
            return Finding.unknown(
                    peer.name()
                            + ": it will not answer us: "
                            + Text.line(new String(code, StandardCharsets.US_ASCII), 4));
        }
        if (leap == NOT_SYNCHRONISED || stratum > HIGHEST_STRATUM || packet.getLong(SENT_AT) == 0) {
            return Finding.unknown(peer.name() + ": it does not know the time itself");
        }
        double atServer =
                (since1900(packet.getLong(32), answer.sent())
                                + since1900(packet.getLong(SENT_AT), answer.sent()))
                        / 2;
        double here = (seconds(answer.sent()) + seconds(answer.received())) / 2;
        double ahead = here - atServer;
        return new Finding(
                thresholds.state(ahead),
                "this clock is "
                        + (Math.abs(ahead) < 120
                                ? Text.number(Math.abs(ahead)) + " s"
                                : Times.words(Math.abs(ahead)))
                        + (ahead < 0 ? " behind " : " ahead of ")
                        + peer.name()
                        + thresholds.limit(ahead, limit -> Text.number(limit) + " s")
                        + "; stratum "
                        + stratum,
                List.of(
                        thresholds.signed("offset", ahead, "s"),
                        Thresholds.of("round_trip", answer.roundTrip(), "s")));
    }

    /// An era of this protocol lasts 136 years; the one nearest to our clock is meant.
    private static double since1900(long timestamp, Instant near) {
        double seconds = (timestamp >>> 32) + (timestamp & 0xFFFF_FFFFL) / 4294967296.0;
        double eras = Math.rint((seconds(near) - seconds) / 4294967296.0);
        return seconds + eras * 4294967296.0;
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + SECONDS_FROM_1900_TO_1970 + instant.getNano() / 1e9;
    }
}
