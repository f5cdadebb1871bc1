package aramaki.agent.discover;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A TCP port somebody listens on.
///
/// @param program that listens; empty when we may not know
record Listening(InetAddress address, int port, Optional<Host.Program> program) {
    private static final String LISTEN = "0A";

    /// Every port of the host, each once: of several addresses the widest, IPv4 first.
    static List<Listening> on(Host host) {
        var owners = host.sockets(host.programs());
        var all = new ArrayList<Listening>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            host.procText(table)
                    .ifPresent(
                            text ->
                                    text.lines()
                                            .skip(1)
                                            .forEach(
                                                    line -> row(line, owners).ifPresent(all::add)));
        }
        all.sort(
                Comparator.comparingInt(Listening::port)
                        .thenComparing(l -> l.wide() ? 0 : 1)
                        .thenComparing(l -> l.address().getAddress().length)
                        .thenComparing(l -> l.address().getHostAddress()));
        var byPort = new LinkedHashMap<Integer, Listening>();
        all.forEach(l -> byPort.merge(l.port(), l, Listening::known));
        return List.copyOf(byPort.values());
    }

    private static Listening known(Listening first, Listening other) {
        return first.program().isPresent()
                ? first
                : new Listening(first.address(), first.port(), other.program());
    }

    private static Optional<Listening> row(String line, Map<Long, Host.Program> owners) {
        var words = line.strip().split("\\s+");
        if (words.length < 10 || !words[3].equals(LISTEN)) {
            return Optional.empty();
        }
        int colon = words[1].indexOf(':');
        if (colon != 8 && colon != 32 || !words[9].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Listening(
                            address(words[1].substring(0, colon)),
                            Integer.parseInt(words[1], colon + 1, words[1].length(), 16),
                            Optional.ofNullable(owners.get(Long.parseLong(words[9])))));
        } catch (IllegalArgumentException | UnknownHostException e) { // no row as we know it
            return Optional.empty();
        }
    }

    /// The kernel writes addresses as 32-bit words in its own byte order, which is little-endian
    /// wherever we run.
    private static InetAddress address(String hex) throws UnknownHostException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int word = 0; word < bytes.length; word += 4) {
            var four = new ArrayList<Byte>();
            for (int i = 0; i < 4; i++) {
                four.add(bytes[word + i]);
            }
            Collections.reverse(four);
            for (int i = 0; i < 4; i++) {
                bytes[word + i] = four.get(i);
            }
        }
        return InetAddress.getByAddress(bytes);
    }

    boolean wide() {
        return address.isAnyLocalAddress();
    }

    boolean loopback() {
        return address.isLoopbackAddress();
    }

    String name() {
        return program.map(Host.Program::name).orElse("");
    }

    /// Where a check on this host reaches it.
    String host() {
        return wide() ? "127.0.0.1" : address.getHostAddress().replaceFirst("%.*", "");
    }

    /// The same in a URL.
    String urlHost() {
        return host().contains(":") ? "[" + host() + "]" : host();
    }

    /// For people: `*:80`.
    String words() {
        return (wide() ? "*" : urlHost()) + ":" + port;
    }
}
