package aramaki.agent.input;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.CollectedLog;
import aramaki.model.Refusal;
import aramaki.model.observation.State;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SensuSocketTest {
    private final List<Pushed> taken = new CopyOnWriteArrayList<>();
    private final CollectedLog log = new CollectedLog();
    private final HttpClient client = HttpClient.newHttpClient();
    private SensuSocket socket;

    @BeforeEach
    void open() throws IOException {
        socket = SensuSocket.open(0, taken::add, "web1", "0.1.0", log).orElseThrow();
    }

    @AfterEach
    void close() {
        socket.close();
        client.close();
    }

    /// As in Sensu's documentation of the agent's API.
    @Test
    void anEventOfSensusDocumentationBecomesAResult() throws Exception {
        var answer =
                post(
                        """
                        {"check": {"metadata": {"name": "check-mysql-status"},
                          "status": 1, "output": "could not connect to mysql",
                          "ttl": 25200, "executed": 1790000000, "duration": 0.25}}
                        """);

        assertThat(answer.statusCode()).isEqualTo(202);
        var pushed = taken.getFirst();
        assertThat(pushed.check()).isEqualTo("check-mysql-status");
        assertThat(pushed.state()).isEqualTo(State.WARNING);
        assertThat(pushed.output()).isEqualTo("could not connect to mysql");
        assertThat(pushed.ttl()).contains(Duration.ofHours(7));
        assertThat(pushed.at()).contains(Instant.ofEpochSecond(1_790_000_000));
        assertThat(pushed.took()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void theOldFormAndForeignNamesAreUnderstood() throws Exception {
        post("{\"name\": \"App_Check\", \"status\": 2, \"output\": \"down\"}");
        post("{\"check\": {\"metadata\": {\"name\": \"x\"}, \"status\": 127, \"interval\": 60}}");

        assertThat(taken.getFirst().check()).isEqualTo("app-check");
        assertThat(taken.getFirst().state()).isEqualTo(State.CRITICAL);
        assertThat(taken.getFirst().ttl()).isEmpty();
        assertThat(taken.getLast().state()).isEqualTo(State.UNKNOWN);
        assertThat(taken.getLast().ttl()).contains(Duration.ofMinutes(2));
    }

    @Test
    void metricsComeAsPointsOrAsPerformanceData() throws Exception {
        post(
                """
                {"check": {"metadata": {"name": "users"}, "status": 0,
                  "output": "OK | users=5;20;30", "output_metric_format": "nagios_perfdata"},
                 "metrics": {"points": [{"name": "rows", "value": 3.5, "timestamp": 1}]}}
                """);

        assertThat(taken.getFirst().output()).isEqualTo("OK");
        assertThat(taken.getFirst().metrics())
                .extracting(m -> m.name() + "=" + m.value().orElseThrow())
                .containsExactly("users=5.0", "rows=3.5");
    }

    @Test
    void whatIsNoEventIsRefusedInWords() throws Exception {
        assertThat(post("not json").statusCode()).isEqualTo(400);
        assertThat(post("{}").body()).contains("check.metadata.name");
        assertThat(post("{\"check\": {\"name\": \"x\", \"status\": \"bad\"}}").body())
                .contains("check.status");
        assertThat(post("{\"check\": {\"name\": \"x\", \"proxy_entity_name\": \"router\"}}").body())
                .contains("web1")
                .contains("router");
        assertThat(post("x".repeat(SensuSocket.MAX_BODY + 1)).statusCode()).isEqualTo(413);
        assertThat(taken).isEmpty();
    }

    @Test
    void aPageInABrowserAndAStrangeHostNameAreTurnedAway() throws Exception {
        String event = "{\"name\": \"x\", \"status\": 0}";
        var fromPage =
                client.send(
                        request("/events")
                                .header("Origin", "https://evil.example")
                                .POST(HttpRequest.BodyPublishers.ofString(event))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(fromPage.statusCode()).isEqualTo(403);

        try (var rebound = new Socket("127.0.0.1", socket.port())) {
            String head =
                    "POST /events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"
                            + "Content-Length: "
                            + event.length()
                            + "\r\n\r\n"
                            + event;
            rebound.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(rebound.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 403");
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void aSpoolThatTakesNothingIsSaidSoThatTheProgramTriesAgain() throws Exception {
        socket.close();
        socket =
                SensuSocket.open(
                                0,
                                _ -> {
                                    throw Refusal.unavailable("spool-full", "no room");
                                },
                                "web1",
                                "0.1.0",
                                log)
                        .orElseThrow();

        assertThat(post("{\"name\": \"x\", \"status\": 0}").statusCode()).isEqualTo(503);
    }

    @Test
    void aTakenPortIsSaidAndNotFatal() throws Exception {
        try (var other = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            var none = SensuSocket.open(other.getLocalPort(), taken::add, "web1", "0.1.0", log);

            assertThat(none).isEmpty();
            assertThat(log.lines()).anyMatch(line -> line.contains("taken"));
        }
    }

    @Test
    void healthAndVersionAnswer() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("ok");
        assertThat(get("/version").body()).contains("0.1.0");
        assertThat(get("/else").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(
                request("/events").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + socket.port() + path));
    }
}
