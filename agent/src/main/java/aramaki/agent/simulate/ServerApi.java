package aramaki.agent.simulate;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.Invite;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The few calls of the HTTP API that a simulation needs.
record ServerApi(HttpClient http, Profile profile) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Makes the system if it is not there yet.
    void ensureSystem(String name) throws IOException, InterruptedException {
        try {
            call("GET", "/api/v1/systems/" + name, null);
        } catch (Refusal e) {
            if (e.reason() != Refusal.Reason.NOT_FOUND) {
                throw e;
            }
            call("POST", "/api/v1/systems", Map.of("name", name, "title", "Simulated agents"));
        }
    }

    void replaceFiles(String name, Map<String, String> files)
            throws IOException, InterruptedException {
        call("PUT", "/api/v1/systems/" + name, Map.of("files", files));
    }

    Invite invite(String system, int uses) throws IOException, InterruptedException {
        var answer =
                call("POST", "/api/v1/invites", Map.of("systems", List.of(system), "uses", uses));
        return Invite.parse(answer.path("invite").asText());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    private JsonNode call(
            String method, String path, @org.jspecify.annotations.Nullable Object body)
            throws IOException, InterruptedException {
        var publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
        var request =
                HttpRequest.newBuilder(URI.create(profile.server().replaceFirst("/+$", "") + path))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + profile.token())
                        .header("Content-Type", "application/json")
                        .method(method, publisher)
                        .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw refusal(method + " " + path, answer);
        }
        return answer.body().length == 0
                ? Json.tree(new byte[] {'{', '}'})
                : Json.tree(answer.body());
    }

    private static Refusal refusal(String what, HttpResponse<byte[]> answer) {
        String code = "http-" + answer.statusCode();
        String detail = "";
        try {
            var problem = Json.tree(answer.body());
            code = problem.path("code").asText(code);
            detail = problem.path("detail").asText("");
        } catch (Refusal e) {
            // Not a problem document; the status says enough.
        }
        var reason =
                switch (answer.statusCode()) {
                    case 401 -> Refusal.Reason.UNAUTHENTICATED;
                    case 403 -> Refusal.Reason.FORBIDDEN;
                    case 404 -> Refusal.Reason.NOT_FOUND;
                    case 409 -> Refusal.Reason.CONFLICT;
                    default ->
                            answer.statusCode() >= 500
                                    ? Refusal.Reason.UNAVAILABLE
                                    : Refusal.Reason.INVALID;
                };
        return new Refusal(
                reason, code, what + ": " + answer.statusCode() + " " + code + " " + detail);
    }
}
