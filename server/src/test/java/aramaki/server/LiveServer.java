package aramaki.server;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A whole server on a free port over a folder, with a clock that stands still, and somebody who
/// asks it as its owner or as a stranger.
public final class LiveServer implements AutoCloseable {
    public final TestClock clock = new TestClock();
    public final Server server;
    public final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    public LiveServer(Path data) {
        this(ServerSettings.of(data, 0, Optional.empty()));
    }

    public LiveServer(ServerSettings settings) {
        server = new Server(settings, clock);
        server.start();
        token = server.access().newLocalToken(server.owner());
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }

    /// The token of somebody who was let in, and may do nothing yet.
    public String personNamed(String name) {
        var person = server.access().admit(name, "person", server.owner().by());
        return server.access().newToken(person, "test");
    }

    public HttpRequest.Builder as(String token, String path) {
        return to(path).header("Authorization", "Bearer " + token);
    }

    /// A request to finish with `sent`; nobody has signed it.
    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    public HttpRequest.Builder asOwner(String path) {
        return to(path).header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> sent(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Sends it and reads no more than the head, for answers that never end.
    public HttpResponse<?> headOf(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response;
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return json(sent(asOwner(path)));
    }

    public HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return sent(asOwner(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static JsonNode json(HttpResponse<String> response) {
        return Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
    }

    public static String code(HttpResponse<String> response) {
        return json(response).path("code").asText();
    }
}
