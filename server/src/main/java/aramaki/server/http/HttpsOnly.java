package aramaki.server.http;

import aramaki.protocol.Json;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Ports without TLS that lead a browser to https and do nothing else. Whoever sends a secret or a
/// change there is told so: to lead them on would let it cross the network in the clear for ever.
final class HttpsOnly {
    private static final int THREADS = 8;
    private final Server server;

    /// @param to where everybody is led
    HttpsOnly(List<InetSocketAddress> addresses, URI to, Map<String, String> headers) {
        var threads = new QueuedThreadPool(THREADS);
        threads.setName("https-only");
        server = new Server(threads);
        for (var address : addresses) {
            var http = new HttpConfiguration();
            http.setSendServerVersion(false);
            server.addConnector(
                    Connectors.at(
                            address,
                            new ServerConnector(server, 0, 1, new HttpConnectionFactory(http))));
        }
        server.setHandler(new Lead(to, headers));
    }

    void start() {
        try {
            server.start();
        } catch (Exception e) { // what the library declares
            throw Connectors.unbound(e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) { // what the library declares
            throw new IllegalStateException("closing the ports that lead to https", e);
        }
    }

    private static final class Lead extends Handler.Abstract.NonBlocking {
        private final URI to;
        private final Map<String, String> headers;

        Lead(URI to, Map<String, String> headers) {
            this.to = to;
            this.headers = Map.copyOf(headers);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            headers.forEach(response.getHeaders()::put);
            boolean looks =
                    HttpMethod.GET.is(request.getMethod())
                            || HttpMethod.HEAD.is(request.getMethod());
            boolean secret = request.getHeaders().contains(HttpHeader.AUTHORIZATION);
            if (looks && !secret) {
                response.setStatus(HttpStatus.PERMANENT_REDIRECT_308);
                response.getHeaders()
                        .put(
                                HttpHeader.LOCATION,
                                to
                                        + Objects.requireNonNullElse(
                                                request.getHttpURI().getPathQuery(), "/"));
                callback.succeeded();
                return true;
            }
            response.setStatus(HttpStatus.FORBIDDEN_403);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
            String words =
                    "this port has no TLS: ask "
                            + to
                            + (secret
                                    ? "; the token that was sent has crossed the network in the"
                                            + " clear, so revoke it"
                                    : "");
            var problem = HttpServer.problem(403, "Forbidden", "https-only", words);
            Content.Sink.write(response, true, Json.text(problem), callback);
            return true;
        }
    }
}
