package aramaki.cli.api;

import aramaki.model.Refusal;
import aramaki.model.Refusal.Reason;
import aramaki.protocol.Json;
import aramaki.protocol.tls.Authorities;
import aramaki.protocol.tls.PemFile;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/// One server's HTTP API, spoken as one person.
public final class Api {
    private static final int MAX_ANSWER = 64 << 20;
    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// A status tree is as deep as the systems are; the shared reader is bounded for frames.
    private static final ObjectMapper READER =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(400)
                                            .maxDocumentLength(MAX_ANSWER)
                                            .build())
                            .build());

    private final ServerUrl server;
    private final Optional<String> token;
    private final HttpClient client;

    /// @param authorities who is believed about the server, instead of those Java knows
    public Api(ServerUrl server, Optional<String> token, Optional<Path> authorities) {
        this.server = server;
        this.token = token;
        var builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5));
        authorities.map(PemFile::read).map(Authorities::only).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    public ServerUrl server() {
        return server;
    }

    public JsonNode get(Route route) {
        return answer("GET", route, Optional.empty(), PATIENCE);
    }

    public JsonNode post(Route route, JsonNode body) {
        return answer("POST", route, Optional.of(body), PATIENCE);
    }

    /// The same for work that may take long, such as walking the whole log.
    public JsonNode postPatiently(Route route, JsonNode body) {
        return answer("POST", route, Optional.of(body), Duration.ofHours(6));
    }

    public JsonNode put(Route route, JsonNode body) {
        return answer("PUT", route, Optional.of(body), PATIENCE);
    }

    public JsonNode delete(Route route) {
        return answer("DELETE", route, Optional.empty(), PATIENCE);
    }

    /// Asks on until there is no more, or `limit` are here.
    public Listing list(Route route, int limit) {
        var items = new ArrayList<JsonNode>();
        Optional<String> after = Optional.empty();
        while (true) {
            int wanted = Math.min(PAGE, limit - items.size());
            var page = get(route.with("after", after).with("limit", String.valueOf(wanted)));
            var here = page.path("items");
            if (!here.isArray()) {
                throw notOurs("its list has no \"items\"");
            }
            here.forEach(items::add);
            var next = Optional.of(page.path("next").asText("")).filter(n -> !n.isEmpty());
            boolean stuck = here.isEmpty() || next.equals(after);
            if (next.isEmpty() || stuck || items.size() >= limit) {
                var shown = items.subList(0, Math.min(limit, items.size()));
                return new Listing(shown, (next.isPresent() && !stuck) || items.size() > limit);
            }
            after = next;
        }
    }

    /// Opens a stream of server-sent events.
    public EventStream stream(Route route) {
        var request = request(route).header("Accept", "text/event-stream").GET().build();
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (var body = response.body()) {
                throw refused(response, body.readNBytes(1 << 20));
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return EventStream.of(response.body());
    }

    /// Hands on each line of an answer that may be longer than memory; returns the last one.
    public String lines(Route route, Consumer<String> each) {
        var request = request(route).header("Accept", "application/jsonl").GET().build();
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw refused(response, body.readNBytes(1 << 20));
            }
            var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            String last = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                each.accept(line);
                last = line;
            }
            return last;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private JsonNode answer(
            String method, Route route, Optional<JsonNode> body, Duration patience) {
        var publisher =
                body.map(b -> HttpRequest.BodyPublishers.ofByteArray(Json.bytes(b)))
                        .orElseGet(HttpRequest.BodyPublishers::noBody);
        var builder =
                request(route)
                        .header("Accept", "application/json")
                        .timeout(patience)
                        .method(method, publisher);
        if (body.isPresent()) {
            builder.header("Content-Type", "application/json");
        }
        HttpResponse<byte[]> response =
                send(
                        builder.build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
        if (response.statusCode() / 100 != 2) {
            throw refused(response, response.body());
        }
        return response.body().length == 0
                ? Json.mapper().createObjectNode()
                : document(response.body());
    }

    private HttpRequest.Builder request(Route route) {
        var builder = HttpRequest.newBuilder(URI.create(server.toString() + route));
        token.ifPresent(t -> builder.header("Authorization", "Bearer " + t));
        return builder;
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted();
        }
    }

    private JsonNode document(byte[] body) {
        try {
            return READER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw notOurs("its answer is not JSON: " + e.getOriginalMessage());
        }
    }

    private RuntimeException refused(HttpResponse<?> response, byte[] body) {
        int status = response.statusCode();
        var problem = problem(body);
        String code = problem.path("code").asText("http-" + status);
        String detail = problem.path("detail").asText(problem.path("title").asText(""));
        String text = detail.isBlank() ? "the server answered HTTP " + status : detail;
        if (status / 100 == 3) {
            String there = response.headers().firstValue("Location").orElse("elsewhere");
            return Failure.failed(
                    server + " sends us to " + there,
                    "a token is for one server, so we do not follow",
                    "ask that one: --server URL");
        }
        return switch (status) {
            case 400, 422 -> new Refusal(Reason.INVALID, code, text);
            case 401 -> new Refusal(Reason.UNAUTHENTICATED, code, text);
            case 403 -> new Refusal(Reason.FORBIDDEN, code, text);
            case 404 -> new Refusal(Reason.NOT_FOUND, code, text);
            case 429 -> new Refusal(Reason.LIMITED, code, text);
            case 503 -> new Refusal(Reason.UNAVAILABLE, code, text);
            default ->
                    status / 100 == 4
                            ? new Refusal(Reason.CONFLICT, code, text)
                            : Failure.failed(
                                    server + " failed (HTTP " + status + ")",
                                    detail,
                                    "its log says more; try again in a moment");
        };
    }

    private static JsonNode problem(byte[] body) {
        try {
            return READER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return Json.mapper().createObjectNode();
        }
    }

    private Failure notOurs(String why) {
        return Failure.failed(
                server + " does not answer like an Aramaki server",
                why,
                "check the address: --server URL");
    }

    private Failure unreachable(IOException e) {
        String what = "cannot reach the server at " + server;
        String other = "name another one: --server URL";
        return switch (e) {
            case ConnectException _ ->
                    Failure.failed(
                            what,
                            "nothing answers there",
                            "start one with ./aramaki up, or " + other);
            case HttpTimeoutException _ ->
                    Failure.failed(
                            "the server at " + server + " did not answer in time",
                            String.valueOf(e.getMessage()),
                            "see whether it is well: " + server + "/readyz");
            case SSLHandshakeException _ ->
                    Failure.failed(
                            what,
                            "TLS: " + e.getMessage(),
                            "if its certificate is of an authority of your own, name it: --ca FILE");
            case SSLException _ ->
                    Failure.failed(what, "TLS: " + e.getMessage(), "is it https? " + other);
            default ->
                    Failure.failed(
                            "lost the connection to " + server,
                            String.valueOf(e.getMessage()),
                            "try again");
        };
    }
}
