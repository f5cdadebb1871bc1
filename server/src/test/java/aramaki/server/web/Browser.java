package aramaki.server.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// A browser as far as a server can tell: it asks for HTML, keeps one cookie, says where a form
/// came from, and follows no redirect by itself.
final class Browser implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private String cookie = "";

    Browser(URI server) {
        this.server = server;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path, String field, String value) {
        return postFrom("same-origin", path, field, value);
    }

    HttpResponse<String> postFrom(String site, String path, String field, String value) {
        String body = field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", site)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    HttpResponse<String> head(String path) {
        return send(request(path).HEAD().build());
    }

    /// The first line of a stream that names an event.
    String firstEvent(String path) {
        try {
            var answer =
                    client.send(
                            request(path).setHeader("Accept", "text/event-stream").GET().build(),
                            BodyHandlers.ofLines());
            try (var lines = answer.body()) {
                return lines.filter(line -> line.startsWith("event:")).findFirst().orElse("");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String cookie() {
        return cookie;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Accept", "text/html,application/xhtml+xml");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            response.headers()
                    .firstValue("Set-Cookie")
                    .ifPresent(c -> cookie = c.substring(0, c.indexOf(';')));
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
