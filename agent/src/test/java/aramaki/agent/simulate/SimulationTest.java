package aramaki.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.agent.link.LoopbackServer;
import aramaki.model.Refusal;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.ServerMessage;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    @TempDir Path folder;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CollectedLog log = new CollectedLog();

    @Test
    void simulatedAgentsMakeTheirSystemJoinAndSendResults() throws Exception {
        var talk = new StringWriter();
        try (var server = new LoopbackServer();
                var http = HttpClient.newHttpClient()) {
            server.checks =
                    new ServerMessage.Checks(
                            "1",
                            List.of(
                                    Given.assignment("sim-0001", 200),
                                    Given.assignment("sim-0002", 200)));
            var api = api(server);
            var simulation =
                    new Simulation(
                            spec(),
                            new Profile(url(api), "secret"),
                            folder,
                            Optional.empty(),
                            http,
                            InstantSource.system(),
                            new PrintWriter(talk),
                            log);

            var summary = simulation.run(SimulationTest::pause);

            api.stop(0);
            assertThat(requests)
                    .contains(
                            "GET /api/v1/systems/load",
                            "POST /api/v1/systems",
                            "PUT /api/v1/systems/load",
                            "POST /api/v1/invites");
            assertThat(summary.agents()).isEqualTo(5);
            assertThat(summary.joinsFailed()).isZero();
            assertThat(summary.acknowledged()).isGreaterThan(50);
            assertThat(summary.unacknowledged()).isZero();
            assertThat(summary.p50Millis()).isPositive();
            assertThat(summary.p99Millis()).isGreaterThanOrEqualTo(summary.p50Millis());
            assertThat(talk.toString()).contains("results/s acknowledged");
            assertThat(server.taken).hasSize(5);
            assertThat(server.received(AgentMessage.Stopping.class)).hasSize(5);
        }
    }

    @Test
    void aTokenThatIsNoneIsRefusedInWords() throws Exception {
        try (var server = new LoopbackServer();
                var http = HttpClient.newHttpClient()) {
            var api = api(server);
            var calls = new ServerApi(http, new Profile(url(api), "wrong"));

            assertThatThrownBy(() -> calls.ensureSystem("load"))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            e -> {
                                assertThat(e.reason()).isEqualTo(Refusal.Reason.UNAUTHENTICATED);
                                assertThat(e.text()).contains("sign in");
                            });
            api.stop(0);
        }
    }

    @Test
    void theProfileOfALocalServerIsFoundUnderEachOfItsNames() throws Exception {
        Files.writeString(
                folder.resolve("localhost-8700.json"),
                "{\"server\":\"http://localhost:8700\",\"token\":\"t\"}");

        Stream.of("http://localhost:8700", "http://127.0.0.1:8700", "http://[::1]:8700")
                .forEach(url -> assertThat(token(Optional.of(url))).isEqualTo("t"));
        assertThat(token(Optional.empty())).isEqualTo("t");
        assertThatThrownBy(() -> token(Optional.of("http://localhost:8701")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--token-file");
        assertThat(Profile.fileName(URI.create("https://watch.example.org")))
                .isEqualTo("watch.example.org-443.json");
    }

    @Test
    void percentilesAreCloseToTheTruth() {
        var figures = new Figures();
        for (int i = 1; i <= 1000; i++) {
            figures.acknowledged(List.of(Given.NOON), Given.NOON.plusMillis(i));
        }

        var counts = figures.snapshot();
        assertThat(Figures.percentile(counts, 0.5)).isBetween(480.0, 560.0);
        assertThat(Figures.percentile(counts, 0.99)).isBetween(950.0, 1080.0);
        assertThat(Figures.percentile(Figures.between(counts, counts), 0.5)).isZero();
    }

    private static Simulation.Spec spec() {
        return new Simulation.Spec(
                5,
                2,
                Duration.ofMillis(200),
                "load",
                1,
                "sim",
                Optional.empty(),
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                0.1,
                1,
                Duration.ZERO,
                Duration.ofMinutes(1));
    }

    private String token(Optional<String> url) {
        try {
            return Profile.find(url, Optional.empty(), folder).token();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean pause(Duration wait) throws InterruptedException {
        return new CountDownLatch(1).await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String url(HttpServer api) {
        return "http://localhost:" + api.getAddress().getPort();
    }

    private HttpServer api(LoopbackServer server) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var api = HttpServer.create(address, 10);
        api.createContext("/", exchange -> answer(exchange, server));
        api.start();
        return api;
    }

    private void answer(HttpExchange exchange, LoopbackServer server) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        boolean known =
                "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String body =
                request.endsWith("/invites") ? "{\"invite\":\"" + server.invite() + "\"}" : "{}";
        int status = known ? request.startsWith("GET") ? 404 : 201 : 401;
        if (!known) {
            body = "{\"status\":401,\"code\":\"sign-in\",\"detail\":\"sign in first\"}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
