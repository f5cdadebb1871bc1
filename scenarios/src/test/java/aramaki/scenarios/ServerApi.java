package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a server says over HTTP, by the token that it left in its user's profile. For questions
/// asked again and again: a program started for each takes the processor from what is tested.
final class ServerApi {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int LIMIT = 1000;

    private final Path profile;
    private final String url;

    /// @param home of the checkout that started the server
    ServerApi(Path home, int port) {
        this.profile = home.resolve("config/aramaki/profiles/localhost-" + port + ".json");
        this.url = "http://localhost:" + port;
    }

    /// The token of the server's user.
    String token() throws IOException {
        return Json.read(Files.readString(profile), JsonNode.class).path("token").asText();
    }

    /// The newest of a list.
    ///
    /// @param words the noun, and what the list is to be narrowed by (`alerts?state=all`)
    List<JsonNode> list(String words) throws IOException, InterruptedException {
        String limit = (words.indexOf('?') < 0 ? "?" : "&") + "limit=" + LIMIT;
        var request =
                HttpRequest.newBuilder(URI.create(url + "/api/v1/" + words + limit))
                        .header("Authorization", "Bearer " + token())
                        .timeout(ANSWER)
                        .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var all = new ArrayList<JsonNode>();
        Json.read(answer.body(), JsonNode.class).path("items").forEach(all::add);
        return all;
    }
}
