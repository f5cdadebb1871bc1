package aramaki.server.doctor;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Whether only this machine can reach what is not encrypted.
///
/// @param addresses where the server listens without TLS
public record Reachable(Supplier<List<InetAddress>> addresses) implements Examination {
    @Override
    public String name() {
        return "listening";
    }

    @Override
    public String about() {
        return "Beyond loopback, the server listens with TLS only.";
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
                                        "Set tlsCertificate and tlsKey, or put a reverse proxy with"
                                                + " TLS in front of 127.0.0.1"))
                .toList();
    }
}
