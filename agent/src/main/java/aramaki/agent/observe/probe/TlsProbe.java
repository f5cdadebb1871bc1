package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.probe.net.AnyCertificate;
import aramaki.agent.observe.probe.net.LineReader;
import aramaki.agent.observe.probe.net.Peer;
import aramaki.agent.observe.probe.tls.Anchors;
import aramaki.agent.observe.probe.tls.Chain;
import aramaki.model.observation.State;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at a certificate, of a server or in a file. One that is expired, for another name or from
/// nobody trusted is critical, and so is a server that shows none.
record TlsProbe(
        Source source,
        String name,
        String ca,
        Thresholds thresholds,
        Anchors anchors,
        InstantSource clock)
        implements Probe {
    private static final int MAX_LINE = 1000;
    private static final int MAX_LINES = 100;
    private static final int MAX_SAID = 1500;

    /// Where the certificate is.
    sealed interface Source {
        record Server(Peer peer, String starttls) implements Source {}

        record File(Path path) implements Source {}
    }

    static TlsProbe of(
            Parameters parameters, Duration timeout, Anchors anchors, InstantSource clock) {
        boolean server = !parameters.text("host").isEmpty();
        Source source =
                server
                        ? new Source.Server(parameters.peer(timeout), parameters.text("starttls"))
                        : new Source.File(Path.of(parameters.text("file")));
        String name = parameters.text("name").strip();
        return new TlsProbe(
                source,
                name.isEmpty() ? parameters.text("host").strip() : name,
                parameters.text("ca"),
                parameters.thresholds(),
                anchors,
                clock);
    }

    @Override
    public State silence() {
        return source instanceof Source.Server ? State.CRITICAL : State.UNKNOWN;
    }

    @Override
    public Finding find() throws IOException {
        return switch (source) {
            case Source.Server(Peer peer, String starttls) -> server(peer, starttls);
            case Source.File(Path path) -> file(path);
        };
    }

    private Finding file(Path path) throws IOException {
        try {
            return judge(path.toString(), Chain.in(path), !ca.isEmpty(), !name.isEmpty());
        } catch (FileNotFoundException e) {
            return Finding.of(State.CRITICAL, String.valueOf(e.getMessage()));
        }
    }

    private Finding server(Peer peer, String starttls) throws IOException {
        var taker = new AnyCertificate();
        String trouble = "";
        try (Socket socket = peer.connect()) {
            switch (starttls) {
                case "smtp" -> smtp(socket);
                case "imap" -> imap(socket);
                default -> {}
            }
            taker.secure(socket, name, peer.port()).close();
        } catch (IOException e) {
            trouble = Text.line(String.valueOf(e.getMessage()), 500);
        }
        // A server that wants a certificate of ours ends the handshake after it showed its own.
        if (taker.shown().isEmpty()) {
            return Finding.of(State.CRITICAL, peer.name() + ": no certificate: " + trouble);
        }
        return judge(peer.name(), new Chain(taker.shown()), true, true);
    }

    private Finding judge(String where, Chain chain, boolean trust, boolean named)
            throws IOException {
        Instant now = clock.instant();
        List<X509Certificate> trusted =
                !trust ? List.of() : ca.isEmpty() ? anchors.ofTheSystem() : Anchors.in(Path.of(ca));
        var wrong = new ArrayList<String>();
        Optional<String> late = chain.outOfTime(now);
        late.ifPresent(wrong::add);
        if (named) {
            chain.wrongName(name).ifPresent(wrong::add);
        }
        if (trust) {
            chain.untrusted(trusted, now).ifPresent(wrong::add);
            chain.wrongUse().ifPresent(wrong::add);
        }
        double days = chain.daysLeft(now);
        State state = wrong.isEmpty() ? thresholds.state(days) : State.CRITICAL;
        if (late.isEmpty()) {
            chain.intermediateEndsFirst().ifPresent(wrong::add);
            wrong.add(left(days));
        }
        return new Finding(
                state,
                Text.line(where + ": " + String.join("; ", wrong) + "; " + chain.words(), MAX_SAID),
                List.of(thresholds.signed("days_left", days, "")));
    }

    private String left(double days) {
        long whole = (long) Math.floor(days);
        return (whole == 1 ? "1 day left" : whole + " days left")
                + thresholds.limit(days, limit -> Text.number(limit) + " days");
    }

    private static void smtp(Socket socket) throws IOException {
        var lines = new LineReader(socket.getInputStream(), MAX_LINE);
        reply(lines, "220", "its greeting");
        say(socket, "EHLO aramaki-agent.invalid");
        reply(lines, "250", "its answer to EHLO");
        say(socket, "STARTTLS");
        reply(lines, "220", "its answer to STARTTLS");
    }

    private static void reply(LineReader lines, String code, String what) throws IOException {
        String line = lines.next();
        for (int i = 0; line.startsWith(code + "-") && i < MAX_LINES; i++) {
            line = lines.next();
        }
        if (!line.equals(code) && !line.startsWith(code + " ")) {
            throw new IOException(what + " is \"" + line + "\", expected " + code);
        }
    }

    private static void imap(Socket socket) throws IOException {
        var lines = new LineReader(socket.getInputStream(), MAX_LINE);
        String greeting = lines.next();
        if (!greeting.startsWith("* OK")) {
            throw new IOException("its greeting is \"" + greeting + "\", expected * OK");
        }
        say(socket, "a1 STARTTLS");
        String line = lines.next();
        for (int i = 0; line.startsWith("* ") && i < MAX_LINES; i++) {
            line = lines.next();
        }
        if (!line.startsWith("a1 OK")) {
            throw new IOException("its answer to STARTTLS is \"" + line + "\", expected OK");
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
