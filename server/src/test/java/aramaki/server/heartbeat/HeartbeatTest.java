package aramaki.server.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.LiveServer;
import aramaki.server.ServerSettings;
import aramaki.server.TestClock;
import aramaki.server.doctor.HeartbeatSent;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {
    private static final String SECRET = "5fa8-very-secret";

    @TempDir Path data;
    private final TestClock clock = new TestClock();
    private final AtomicInteger status = new AtomicInteger(200);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer outside;

    @BeforeEach
    void listen() throws IOException {
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        outside.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    if (status.get() / 100 == 3) {
                        exchange.getResponseHeaders().add("Location", "/elsewhere");
                    }
                    exchange.sendResponseHeaders(status.get(), 0);
                    try (var body = exchange.getResponseBody()) {
                        body.write("OK".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    }
                });
        outside.start();
    }

    @AfterEach
    void stop() {
        outside.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + outside.getAddress().getPort() + "/ping/" + SECRET + "?r=1";
    }

    private Heartbeat heartbeat(Optional<String> ill) {
        var target = Target.parse(url(), Duration.ofSeconds(60));
        return new Heartbeat(Optional.of(target), _ -> ill, "test");
    }

    @Test
    void aServerThatIsWellAsksForTheAddress() {
        try (var heartbeat = heartbeat(Optional.empty())) {
            assertThat(heartbeat.run(clock.instant())).isEqualTo(Duration.ofSeconds(60));

            assertThat(asked).containsExactly("GET /ping/" + SECRET + "?r=1");
            assertThat(heartbeat.last()).isEqualTo(new Heartbeat.Last.Taken(TestClock.START));
            assertThat(new HeartbeatSent(heartbeat).examine(clock.instant())).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotWellSaysNothing() {
        try (var heartbeat = heartbeat(Optional.of("Alerting is 45 s behind the log."))) {
            heartbeat.run(clock.instant());

            assertThat(asked).isEmpty();
            assertThat(new HeartbeatSent(heartbeat).examine(clock.instant()))
                    .singleElement()
                    .satisfies(c -> assertThat(c.what()).contains("Alerting is 45 s behind"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 404, 500})
    void onlyAGoodAnswerCountsAndNoRedirectIsFollowed(int answer) {
        status.set(answer);
        try (var heartbeat = heartbeat(Optional.empty())) {
            heartbeat.run(clock.instant());

            assertThat(asked).hasSize(1);
            assertThat(heartbeat.last())
                    .isEqualTo(
                            new Heartbeat.Last.Failed(
                                    TestClock.START, "it answered HTTP " + answer));
            assertThat(new HeartbeatSent(heartbeat).examine(clock.instant())).hasSize(1);
        }
    }

    @Test
    void anAddressWhereNobodyListensIsToldWithoutItsSecret() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var target = Target.parse("http://127.0.0.1:" + free + "/" + SECRET, Target.DEFAULT_EVERY);
        try (var heartbeat = new Heartbeat(Optional.of(target), _ -> Optional.empty(), "test")) {
            heartbeat.run(clock.instant());

            assertThat(heartbeat.last())
                    .isEqualTo(new Heartbeat.Last.Failed(TestClock.START, "nobody listens there"));
            assertThat(new HeartbeatSent(heartbeat).examine(clock.instant()).toString())
                    .contains("http://127.0.0.1:" + free + "/…")
                    .doesNotContain(SECRET);
            assertThat(target.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void withoutAnAddressNothingIsSentAndOneIsAdvised() {
        try (var heartbeat = new Heartbeat(Optional.empty(), _ -> Optional.empty(), "test")) {
            heartbeat.run(clock.instant());

            assertThat(asked).isEmpty();
            assertThat(new HeartbeatSent(heartbeat).examine(Instant.EPOCH))
                    .singleElement()
                    .satisfies(c -> assertThat(c.isBroken()).isFalse());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x/" + SECRET,
                "file:///" + SECRET,
                SECRET,
                "http://",
                "http:///" + SECRET,
                "http://user:" + SECRET + "@host/",
                "http://host/ " + SECRET,
                "javascript:" + SECRET
            })
    void whatIsNoWebAddressIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> Target.parse(url, Target.DEFAULT_EVERY))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        e -> {
                            assertThat(e.text()).doesNotContain(SECRET);
                            assertThat(e).hasNoCause();
                        });
    }

    @Test
    void beatsComeStopWhenAlertingStallsAndComeAgain() throws IOException, InterruptedException {
        var settings =
                ServerSettings.of(data, 0, Optional.empty())
                        .with(Target.parse(url(), Duration.ofSeconds(1)));
        try (var live = new LiveServer(settings)) {
            Awaitility.await().until(() -> asked.size() >= 2);

            sql("alter table alert rename to lost; alter table consumer rename to lost2");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    live.get("/api/v1/doctor")
                                            .toString()
                                            .contains("No heartbeat is sent"));
            int before = asked.size();
            var doctor = live.get("/api/v1/doctor");
            assertThat(doctor.path("ok").asBoolean()).isFalse();
            assertThat(doctor.toString()).contains("alerting").doesNotContain(SECRET);
            assertThat(live.sent(live.asOwner("/doctor").header("Accept", "text/html")).body())
                    .doesNotContain(SECRET);
            assertThat(live.sent(live.asOwner("/metrics")).body())
                    .contains("aramaki_heartbeat_ok 0.0")
                    .doesNotContain(SECRET);
            assertThat(asked).hasSize(before);

            sql("alter table lost rename to alert; alter table lost2 rename to consumer");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> asked.size() >= before + 2);
        }
    }

    /// From outside, as a damaged store would be.
    private void sql(String statements) {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("aramaki.db"));
                var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 5000");
            for (String one : statements.split(";")) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
