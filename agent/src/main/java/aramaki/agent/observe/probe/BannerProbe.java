package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.probe.net.AnyCertificate;
import aramaki.agent.observe.probe.net.LineReader;
import aramaki.agent.observe.probe.net.Peer;
import aramaki.model.observation.State;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Waits for the greeting a server says first. A server that says another, or none, is critical.
record BannerProbe(
        Peer peer, Protocol protocol, boolean tls, String contains, Thresholds thresholds)
        implements Probe {
    private static final int MAX_LINE = 1000;
    private static final int MAX_LINES = 100;
    private static final int MAX_SAID = 300;

    /// How a protocol begins.
    enum Protocol {
        /// RFC 5321: `220`, perhaps in several lines, of which all but the last have a dash.
        SMTP("220 and a blank", "QUIT\r\n") {
            @Override
            boolean greets(String line) {
                return line.equals("220") || line.startsWith("220 ");
            }

            @Override
            boolean before(String line) {
                return line.startsWith("220-");
            }
        },
        /// RFC 9051: an untagged OK, or PREAUTH; BYE is a refusal.
        IMAP("* OK or * PREAUTH", "a LOGOUT\r\n") {
            @Override
            boolean greets(String line) {
                return line.equals("* OK")
                        || line.startsWith("* OK ")
                        || line.equals("* PREAUTH")
                        || line.startsWith("* PREAUTH ");
            }

            @Override
            boolean before(String line) {
                return false;
            }
        },
        /// RFC 4253: other lines may come first, but none of them begins with `SSH-`.
        SSH("SSH-2.0-", "") {
            @Override
            boolean greets(String line) {
                return line.startsWith("SSH-2.0-") || line.startsWith("SSH-1.99-");
            }

            @Override
            boolean before(String line) {
                return !line.startsWith("SSH-");
            }
        };

        private final String expected;
        private final String goodBye;

        Protocol(String expected, String goodBye) {
            this.expected = expected;
            this.goodBye = goodBye;
        }

        abstract boolean greets(String line);

        /// Whether the greeting may still come after that line.
        abstract boolean before(String line);
    }

    static BannerProbe of(Protocol protocol, Parameters parameters, Duration timeout) {
        return new BannerProbe(
                parameters.peer(timeout),
                protocol,
                parameters.text("tls").equals("true"),
                parameters.text("contains"),
                parameters.thresholds());
    }

    @Override
    public State silence() {
        return State.CRITICAL;
    }

    @Override
    public Finding find() {
        long begin = System.nanoTime();
        try (Socket plain = peer.connect();
                Socket socket = tls ? secure(plain) : plain) {
            String greeting = greeting(new LineReader(socket.getInputStream(), MAX_LINE));
            double seconds = (System.nanoTime() - begin) / 1e9;
            goodBye(socket);
            return judge(greeting, seconds);
        } catch (IOException e) {
            return Finding.of(
                    State.CRITICAL,
                    peer.name() + ": " + Text.line(String.valueOf(e.getMessage()), 500));
        }
    }

    private Socket secure(Socket plain) throws IOException {
        return new AnyCertificate().secure(plain, peer.host(), peer.port());
    }

    private String greeting(LineReader lines) throws IOException {
        String all = "";
        String line = lines.next();
        for (int i = 0; i < MAX_LINES && protocol.before(line); i++) {
            all += all.length() < MAX_SAID ? line + "\n" : "";
            line = lines.next();
        }
        if (!protocol.greets(line)) {
            throw new IOException(
                    "it said \"" + Text.line(line, MAX_SAID) + "\", expected " + protocol.expected);
        }
        return all + line;
    }

    /// Only politeness: a server that is gone already has said what we wanted to know.
    private void goodBye(Socket socket) {
        try {
            socket.getOutputStream().write(protocol.goodBye.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            return;
        }
    }

    private Finding judge(String greeting, double seconds) {
        boolean has = greeting.contains(contains);
        String said = Text.line(greeting.lines().reduce("", (_, last) -> last), MAX_SAID);
        return new Finding(
                has ? thresholds.state(seconds) : State.CRITICAL,
                peer.name()
                        + ": \""
                        + said
                        + "\" after "
                        + Text.number(seconds)
                        + " s"
                        + thresholds.limit(seconds, limit -> Text.number(limit) + " s")
                        + (has ? "" : "; the greeting does not contain \"" + contains + '"'),
                List.of(thresholds.metric("time", seconds, "s")));
    }
}
