package aramaki.agent.input;

import aramaki.agent.log.Log;
import aramaki.model.Refusal;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// What a Sensu Go agent offers to programs on its host, on the same address: `POST /events`,
/// `GET /healthz` and `GET /version`.
public final class SensuSocket implements AutoCloseable {
    public static final int PORT = 3031;
    static final int MAX_BODY = 256 * 1024;

    private static final int AT_ONCE = 16;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final HttpServer http;
    private final ExecutorService requests;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Inbox inbox;
    private final String host;
    private final String version;

    private SensuSocket(
            HttpServer http, ExecutorService requests, Inbox inbox, String host, String version) {
        this.http = http;
        this.requests = requests;
        this.inbox = inbox;
        this.host = host;
        this.version = version;
    }

    /// Listens on loopback; empty when the port is taken, which is said and no reason to stop.
    ///
    /// @param host the agent's name, which is the entity it speaks for
    public static Optional<SensuSocket> open(
            int port, Inbox inbox, String host, String version, Log log) throws IOException {
        HttpServer http;
        try {
            http =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 64);
        } catch (BindException e) {
            log.warn(
                    "input: the port for events is taken; programs cannot bring results there",
                    "port",
                    port);
            return Optional.empty();
        }
        var requests = Executors.newVirtualThreadPerTaskExecutor();
        var socket = new SensuSocket(http, requests, inbox, host, version);
        http.setExecutor(requests);
        http.createContext("/", socket::handle);
        http.start();
        log.info("input: takes events", "port", http.getAddress().getPort());
        return Optional.of(socket);
    }

    public int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
        requests.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!fromThisHost(exchange)) {
                answer(exchange, 403, "only programs on this host, and no web pages");
                return;
            }
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            switch (request) {
                case "POST /events" -> event(exchange);
                case "GET /healthz" -> answer(exchange, 200, "ok");
                case "GET /version" -> answer(exchange, 200, "{\"version\":\"" + version + "\"}");
                default -> answer(exchange, 404, "there are POST /events, /healthz and /version");
            }
        }
    }

    /// A page in a browser on this host could reach this port as well, and so could a name that
    /// some other server's owner points here.
    private static boolean fromThisHost(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        String asked = Optional.ofNullable(headers.getFirst("Host")).orElse("localhost");
        String name = asked.replaceFirst(":\\d+$", "");
        return LOOPBACK.contains(name)
                && headers.getFirst("Origin") == null
                && headers.getFirst("Sec-Fetch-Site") == null;
    }

    private void event(HttpExchange exchange) throws IOException {
        if (!slots.tryAcquire()) {
            answer(exchange, 503, "too many at once; try again");
            return;
        }
        try {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                answer(exchange, 413, "an event has at most " + MAX_BODY + " bytes");
                return;
            }
            inbox.take(SensuEvent.read(body, host));
            answer(exchange, 202, "");
        } catch (Refusal e) {
            answer(exchange, e.reason() == Refusal.Reason.UNAVAILABLE ? 503 : 400, e.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, "the agent is stopping");
        } finally {
            slots.release();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
