package aramaki.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP server whose answers are written down by the test; the last one for a request stays.
final class CannedServer implements AutoCloseable {
    record Asked(String line, String token, String body) {}

    private record Answer(int status, String type, String body) {}

    private final HttpServer http;
    private final ExecutorService threads;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private CannedServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    static CannedServer start() {
        try {
            var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var server =
                    new CannedServer(
                            HttpServer.create(local, 0),
                            Executors.newVirtualThreadPerTaskExecutor());
            server.http.setExecutor(server.threads);
            server.http.createContext("/", server::handle);
            server.http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return http.getAddress().getPort();
    }

    /// `request` is `GET /systems`, with or without a query.
    CannedServer answers(String request, String json) {
        return answers(request, 200, "application/json", json);
    }

    CannedServer refuses(String request, int status, String code, String detail) {
        String problem =
                "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}"
                        .formatted(status, code, detail);
        return answers(request, status, "application/problem+json", problem);
    }

    /// One connection to the stream: these events, then the end.
    CannedServer streams(String... events) {
        var body = new StringBuilder(": hello\n\n");
        for (String event : events) {
            body.append("event: event\ndata: ").append(event).append("\n\n");
        }
        return answers("GET /stream", 200, "text/event-stream", body.toString());
    }

    CannedServer answers(String request, int status, String type, String body) {
        var queue = answers.computeIfAbsent(request, _ -> new ArrayDeque<>());
        synchronized (queue) {
            queue.add(new Answer(status, type, body));
        }
        return this;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    Asked lastAsked() {
        return asked.getLast();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            String path =
                    exchange.getRequestMethod() + " " + uri.getRawPath().replace("/api/v1", "");
            String line = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(line, token == null ? "" : token, body));
            var answer = answer(line, path);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(String line, String path) {
        var queue = answers.getOrDefault(line, answers.get(path));
        if (queue == null) {
            String problem = "{\"code\":\"not-found\",\"detail\":\"there is no " + path + "\"}";
            return new Answer(404, "application/problem+json", problem);
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.remove() : queue.getFirst();
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
