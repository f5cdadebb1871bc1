package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.probe.dns.Answers;
import aramaki.agent.observe.probe.dns.Resolver;
import aramaki.model.observation.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks a name server. A server that does not answer, or not with what is expected, is critical.
record DnsProbe(
        Name name,
        int type,
        String server,
        int port,
        String expect,
        Thresholds thresholds,
        Duration timeout,
        Path resolvConf)
        implements Probe {
    private static final String NONE = "none";
    private static final int MAX_SAID = 800;

    static DnsProbe of(Parameters parameters, Duration timeout, Path resolvConf) {
        int type = Type.value(parameters.text("type"));
        return new DnsProbe(
                name(parameters, type),
                type,
                parameters.text("server").strip(),
                parameters.number("port", 1, 65535),
                parameters.text("expect").strip(),
                parameters.thresholds(),
                // So that our own words about the silence come before those of who called us.
                timeout.multipliedBy(9).dividedBy(10),
                resolvConf);
    }

    @Override
    public State silence() {
        return State.CRITICAL;
    }

    @Override
    public Finding find() throws IOException {
        String host = server.isEmpty() ? ofTheSystem() : server;
        if (host.isEmpty()) {
            return Finding.unknown(resolvConf + " names no server; give one as server");
        }
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Finding.of(State.CRITICAL, "server " + host + ": the host's name is not known");
        }
        try {
            return judge(host, new Resolver(address, timeout).ask(name, type));
        } catch (Resolver.NoAnswer e) {
            return Finding.of(
                    State.CRITICAL,
                    question()
                            + " at "
                            + host
                            + ": "
                            + Text.line(String.valueOf(e.getMessage()), 500));
        }
    }

    private Finding judge(String host, Resolver.Answer answer) {
        int code = answer.message().getRcode();
        Answers answers = Answers.in(answer.message(), name, type);
        String said =
                answers.wrong()
                        .orElse(
                                switch (code) {
                                    case Rcode.NOERROR -> words(answers);
                                    case Rcode.NXDOMAIN -> "the name does not exist (NXDOMAIN)";
                                    default -> "the server fails (" + Rcode.string(code) + ")";
                                });
        boolean failed =
                answers.wrong().isPresent() || code != Rcode.NOERROR && code != Rcode.NXDOMAIN;
        String fault = failed ? "" : fault(answers.values());
        State state =
                failed || !fault.isEmpty() ? State.CRITICAL : thresholds.state(answer.seconds());
        return new Finding(
                state,
                Text.line(question() + ": " + said, MAX_SAID)
                        + fault
                        + " in "
                        + Text.number(answer.seconds())
                        + " s"
                        + thresholds.limit(answer.seconds(), limit -> Text.number(limit) + " s")
                        + " from "
                        + host
                        + (answer.tcp() ? " by TCP" : "")
                        + (answer.stray() == 0
                                ? ""
                                : "; packets that were no answer came too: " + answer.stray()),
                List.of(thresholds.metric("time", answer.seconds(), "s")));
    }

    private String words(Answers answers) {
        String path =
                answers.aliases().isEmpty()
                        ? ""
                        : "alias of " + String.join(", of ", answers.aliases()) + ": ";
        return path
                + (answers.values().isEmpty()
                        ? "no answer of this type"
                        : String.join(", ", answers.values()));
    }

    private String fault(TreeSet<String> values) {
        if (expect.equals(NONE)) {
            return values.isEmpty() ? "" : "; expected no answer";
        }
        if (expect.isEmpty()) {
            return values.isEmpty() ? "; expected an answer" : "";
        }
        var expected = Answers.expected(expect, type);
        return values.equals(expected)
                ? ""
                : Text.line("; expected " + String.join(", ", expected), MAX_SAID);
    }

    private String question() {
        String plain = name.toString(true);
        return (plain.isEmpty() ? "." : plain) + " " + Type.string(type);
    }

    private String ofTheSystem() throws IOException {
        if (!Files.isRegularFile(resolvConf)) {
            return "";
        }
        return Files.readString(resolvConf, StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 2 && words[0].equals("nameserver"))
                .map(words -> words[1])
                .findFirst()
                .orElse("");
    }

    private static Name name(Parameters parameters, int type) {
        String text = parameters.text("name").strip();
        try {
            return type == Type.PTR && text.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
                    ? ReverseMap.fromAddress(text)
                    : Name.fromString(text, Name.root);
        } catch (TextParseException | UnknownHostException e) {
            throw parameters.wrong("name", "a name such as shop.example");
        }
    }
}
