package aramaki.server.http;

import aramaki.model.grant.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/// What a reverse proxy says of a request: for whom it asks, and whether it was asked by https.
/// Only proxies that are named in the settings are believed; anybody else could write the same.
///
/// The library's own customizer believes everybody, and takes the first address of the list, which
/// is the one that a client can make up.
public final class Forwarded implements HttpConfiguration.Customizer {
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";

    private final List<Network> proxies;
    private final AtomicLong plain = new AtomicLong();
    private final AtomicLong unnamed = new AtomicLong();

    Forwarded(List<Network> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /// Requests that a proxy passed on which had come to it by http, or it did not say how.
    public long plain() {
        return plain.get();
    }

    /// Requests from this machine that speak of somebody else, without being a named proxy's.
    public long unnamed() {
        return unnamed.get();
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        var from = address(request.getConnectionMetaData().getRemoteSocketAddress());
        if (from.isEmpty() || !isProxy(from.get())) {
            if (request.getHeaders().contains(FOR)) {
                unnamed.incrementAndGet();
            }
            return request;
        }
        boolean https = HttpScheme.HTTPS.is(last(request.getHeaders(), PROTO));
        if (!https && request.getHeaders().contains(FOR)) { // else it asks for itself
            plain.incrementAndGet();
        }
        return new PassedOn(request, client(request.getHeaders(), from.get()), https);
    }

    /// From the end, where the nearest proxy wrote, as far as those who wrote are proxies of ours.
    private InetAddress client(HttpFields headers, InetAddress from) {
        var client = from;
        var said = headers.getValuesList(FOR);
        for (String list : said.reversed()) {
            for (String one : List.of(list.split(",")).reversed()) {
                var before = literal(one.strip());
                if (before.isEmpty()) {
                    return client;
                }
                client = before.get();
                if (!isProxy(client)) {
                    return client;
                }
            }
        }
        return client;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    private static String last(HttpFields headers, String name) {
        var values = headers.getValuesList(name);
        String list = values.isEmpty() ? "" : values.getLast();
        return list.substring(list.lastIndexOf(',') + 1).strip();
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text.replaceAll("^\\[|]$", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> address(SocketAddress address) {
        return address instanceof InetSocketAddress socket
                ? Optional.ofNullable(socket.getAddress())
                : Optional.empty();
    }

    /// A request as it was before the proxy.
    private static final class PassedOn extends Request.Wrapper {
        private final ConnectionMetaData connection;
        private final boolean https;

        PassedOn(Request request, InetAddress client, boolean https) {
            super(request);
            this.connection = new Connection(request.getConnectionMetaData(), client, https);
            this.https = https;
        }

        @Override
        public HttpURI getHttpURI() {
            var uri = super.getHttpURI();
            return https ? HttpURI.build(uri).scheme(HttpScheme.HTTPS).asImmutable() : uri;
        }

        @Override
        public boolean isSecure() {
            return https || super.isSecure();
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }

    /// Its connection, as if the client had made it.
    private static final class Connection extends ConnectionMetaData.Wrapper {
        private final SocketAddress client;
        private final boolean https;

        Connection(ConnectionMetaData real, InetAddress client, boolean https) {
            super(real);
            this.client = new InetSocketAddress(client, 0);
            this.https = https;
        }

        @Override
        public boolean isSecure() {
            return https || super.isSecure();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return client;
        }
    }
}
