package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.Refusal;
import aramaki.model.observation.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Looks in the kernel's tables whether a program listens on a port, without connecting to it.
record PortProbe(int port, boolean udp, String address, boolean expected, HostFiles files)
        implements Probe {
    private static final String LISTENING = "0A";
    private static final String UNCONNECTED = "07";

    static PortProbe of(Parameters parameters, HostFiles files) {
        return new PortProbe(
                parameters.number("port", 1, 65535),
                parameters.text("protocol").equals("udp"),
                literal(parameters),
                parameters.text("expect").equals("listening"),
                files);
    }

    @Override
    public Finding find() throws IOException {
        String protocol = udp ? "udp" : "tcp";
        var listening = new TreeSet<String>();
        int tables = 0;
        for (String table : List.of(protocol, protocol + "6")) {
            Path path = files.proc().resolve("net").resolve(table);
            if (Files.exists(path)) {
                tables++;
                read(path, listening);
            }
        }
        if (tables == 0) {
            return Finding.unknown("this kernel shows no table of its " + protocol + " sockets");
        }
        return judge(protocol + " port " + port, listening);
    }

    private Finding judge(String what, TreeSet<String> listening) {
        boolean there = address.isEmpty() ? !listening.isEmpty() : listening.contains(address);
        String where = listening.stream().limit(20).collect(Collectors.joining(", "));
        String output =
                there
                        ? what + ": a program listens on " + (address.isEmpty() ? where : address)
                        : what
                                + ": nobody listens"
                                + (address.isEmpty() ? "" : " on " + address)
                                + (where.isEmpty() ? "" : ", only on " + where);
        return there == expected
                ? Finding.of(State.OK, output)
                : Finding.of(State.CRITICAL, output + (expected ? "" : "; it should be free"));
    }

    /// Line by line, as a busy host has a hundred thousand.
    private void read(Path table, TreeSet<String> listening) throws IOException {
        String wanted = String.format(":%04X", port);
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.strip().split("\\s+", 5);
                if (words.length == 5
                        && words[1].endsWith(wanted)
                        && words[3].equals(udp ? UNCONNECTED : LISTENING)) {
                    listening.add(address(words[1].substring(0, words[1].indexOf(':'))));
                }
            }
        }
    }

    /// The kernel writes addresses as words of 32 bits in the byte order of the processor.
    private static String address(String hex) throws UnknownHostException {
        if (!hex.matches("[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}")) {
            return hex;
        }
        byte[] words = HexFormat.of().parseHex(hex);
        var bytes = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
            bytes[i] = words[little ? (i & ~3) + 3 - (i & 3) : i];
        }
        return InetAddress.getByAddress(bytes).getHostAddress();
    }

    private static String literal(Parameters parameters) {
        String text = parameters.text("address");
        try {
            return text.isEmpty() ? "" : InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "bad-probe",
                    "address: \"" + text + "\" is no IP address; write one such as 127.0.0.1");
        }
    }
}
