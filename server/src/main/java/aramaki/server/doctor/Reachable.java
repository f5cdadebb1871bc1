package aramaki.server.doctor;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Whether the server listens where only this machine can reach it.
///
/// @param addresses where it listens
public record Reachable(Supplier<List<InetAddress>> addresses) implements Examination {
    @Override
    public String name() {
        return "listening";
    }

    @Override
    public String about() {
        return "The server, which has no TLS, listens on loopback only.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return addresses.get().stream()
                .filter(address -> !address.isLoopbackAddress())
                .map(
                        address ->
                                Complaint.broken(
                                        "The server listens on "
                                                + address.getHostAddress()
                                                + ", beyond this machine, without TLS.",
                                        "Whoever is on the way reads tokens and results.",
                                        "Listen on 127.0.0.1, and put a reverse proxy with TLS in"
                                                + " front"))
                .toList();
    }
}
