package aramaki.server.web;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Somebody with a browser that keeps cookies and whose scripts ask for JSON.
final class Visitor implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    final Map<String, String> cookies = new TreeMap<>();
    String site = "same-origin";

    Visitor(URI server) {
        this.server = server;
    }

    /// The value of the session's cookie; empty without one.
    String session() {
        return cookies.entrySet().stream()
                .filter(c -> c.getKey().startsWith("__Host-sid"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    HttpResponse<String> get(String path) {
        return send(request(path).header("Accept", "text/html").GET());
    }

    HttpResponse<String> form(String path, String... fields) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(
                request(path)
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    HttpResponse<String> json(String path, JsonNode body) {
        return send(
                request(path)
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    /// Begins a ceremony and has the device answer; the answer is not sent yet.
    ObjectNode begin(String path, Device device, String... more) {
        var wanted = Json.mapper().createObjectNode();
        put(wanted, more);
        var begun = json(path + "/options", wanted);
        if (begun.statusCode() != 200) {
            throw new IllegalStateException(begun.body());
        }
        var said = Json.tree(begun.body().getBytes(StandardCharsets.UTF_8));
        var options = said.path("options");
        var answer =
                Json.mapper().createObjectNode().put("ceremony", said.path("ceremony").asText());
        answer.set(
                "credential", options.has("user") ? device.create(options) : device.get(options));
        put(answer, more);
        return answer;
    }

    private static void put(ObjectNode object, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            object.put(more[i], more[i + 1]);
        }
    }

    HttpResponse<String> passkey(String path, Device device, String... more) {
        return json(path, begin(path, device, more));
    }

    /// Completes when the stream of events has ended.
    CompletableFuture<Void> stream() {
        return client.sendAsync(
                        request("/stream").header("Accept", "text/event-stream").GET().build(),
                        BodyHandlers.ofLines())
                .thenAcceptAsync(answer -> answer.body().forEach(_ -> {}));
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Sec-Fetch-Site", site)
                        .header("User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/140.0");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        var parts = Stream.of(cookie.split(";", 2)[0].split("=", 2)).toList();
        if (parts.get(1).isEmpty()) {
            cookies.remove(parts.get(0));
        } else {
            cookies.put(parts.get(0), parts.get(1));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
