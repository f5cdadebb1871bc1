package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.server.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/// The sockets of a server: its port on loopback, and the addresses of the settings. Where there is
/// a certificate, loopback speaks both http and https, so that programs of this host need not trust
/// anybody, and all other addresses speak https only.
final class Connectors {
    private static final String FAILED = "Failed to bind to ";

    private final Optional<Tls> tls;
    private final Forwarded forwarded;

    Connectors(Optional<Tls> tls, Forwarded forwarded) {
        this.tls = tls;
        this.forwarded = forwarded;
    }

    ServerConnector loopback(Server server, HttpConfiguration base, InetSocketAddress address) {
        var http = http(base);
        var factories = new ArrayList<ConnectionFactory>();
        tls.ifPresent(t -> factories.add(new DetectorConnectionFactory(ssl(t, http))));
        factories.add(http);
        return at(address, connector(server, factories));
    }

    ServerConnector beyond(Server server, HttpConfiguration base, InetSocketAddress address) {
        var http = http(base);
        var factories = new ArrayList<ConnectionFactory>();
        tls.ifPresent(t -> factories.add(ssl(t, http)));
        factories.add(http);
        return at(address, connector(server, factories));
    }

    static ServerConnector at(InetSocketAddress address, ServerConnector connector) {
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        return connector;
    }

    /// The addresses of loopback, on both families where the host has them.
    static List<InetAddress> loopback() {
        var four = InetAddress.ofLiteral("127.0.0.1");
        var six = InetAddress.ofLiteral("::1");
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(six, 0));
            return List.of(four, six);
        } catch (IOException e) { // the host has no IPv6
            return List.of(four);
        }
    }

    /// Why one of the addresses could not be listened on.
    static Refusal unbound(Exception failure) {
        String where = "";
        String why = "";
        for (Throwable e = failure; e != null; e = e.getCause()) {
            why = String.valueOf(e.getMessage());
            if (why.startsWith(FAILED)) {
                where = why.substring(FAILED.length()).replaceFirst("^.*/", "");
            }
        }
        if (where.isEmpty()) {
            throw new IllegalStateException("opening the ports", failure);
        }
        String port = where.substring(where.lastIndexOf(':') + 1);
        return switch (why) {
            case "Permission denied" ->
                    Refusal.conflict(
                            "port-forbidden",
                            where
                                    + ": ports below 1024 are not for every user; give the server's"
                                    + " unit AmbientCapabilities=CAP_NET_BIND_SERVICE, or use"
                                    + " another port");
            case "Cannot assign requested address" ->
                    Refusal.conflict(
                            "no-such-address",
                            where + " is no address of this host; `ip -br address` lists them");
            default ->
                    Refusal.conflict(
                            "port-in-use",
                            "port "
                                    + port
                                    + " is in use: stop what listens there, or use another --port"
                                    + " or listen");
        };
    }

    private static ServerConnector connector(Server server, List<ConnectionFactory> factories) {
        return new ServerConnector(server, factories.toArray(ConnectionFactory[]::new));
    }

    private HttpConnectionFactory http(HttpConfiguration base) {
        var http = new HttpConfiguration(base);
        http.setSendServerVersion(false);
        // The name in the certificate is for the client to compare; we have one for all names.
        http.addCustomizer(new SecureRequestCustomizer(false));
        http.addCustomizer(forwarded);
        return new HttpConnectionFactory(http);
    }

    private static SslConnectionFactory ssl(Tls tls, HttpConnectionFactory http) {
        return new SslConnectionFactory(tls.factory(), http.getProtocol());
    }
}
