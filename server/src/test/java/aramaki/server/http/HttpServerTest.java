package aramaki.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole route table, asked by strangers and by the owner, and requests that are none.
class HttpServerTest {
    private static final String CSP = "Content-Security-Policy";

    @TempDir private static Path folder;
    private static LiveServer live;

    @BeforeAll
    static void start() {
        live = new LiveServer(folder);
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    void strangersGet401AtEveryRouteThatIsNotForThem() throws Exception {
        assertThat(live.server.routes()).hasSizeGreaterThan(25);
        for (var route : live.server.routes()) {
            var response = live.headOf(asked(route, live.to(filled(route))));
            boolean signingIn = // with a code that is none
                    route.path().matches("/(sign-in|join)(/.*)?");
            if (!signingIn) {
                assertThat(response.statusCode() == 401)
                        .as(route.toString())
                        .isEqualTo(!(route.need() instanceof Need.Nobody));
            }
            assertSecured(response);
        }
    }

    /// Whatever is asked, it is never our fault.
    @Test
    void theOwnerIsAnsweredAtEveryRoute() throws Exception {
        for (var route : live.server.routes()) {
            var response = live.headOf(asked(route, live.asOwner(filled(route))));
            assertThat(response.statusCode()).as(route.toString()).isLessThan(500);
            if (!(route.need() instanceof Need.Nobody)) {
                assertThat(response.statusCode()).as(route.toString()).isNotEqualTo(401);
            }
            assertSecured(response);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/api/v1/nothing", "/api/v1/../../etc/passwd", "/ws/agent/v1"})
    void strangersLearnNothingOfPathsThatAreNone(String path) throws Exception {
        var response = live.sent(live.to(path));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(LiveServer.code(response)).isEqualTo("sign-in-first");
        assertSecured(response);
        assertThat(live.sent(live.asOwner(path)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "BREW"})
    void methodsThatARouteHasNotAreNoWayIn(String method) throws Exception {
        var stranger =
                live.sent(live.to("/api/v1/systems").method(method, BodyPublishers.noBody()));
        assertThat(stranger.statusCode()).isIn(401, 405);
        assertSecured(stranger);
    }

    @Test
    void aBadTokenIsNoToken() throws Exception {
        for (String header :
                new String[] {"Bearer x", "Bearer ", "Basic eDp4", "", "Bearer \u00ff"}) {
            var response = live.sent(live.to("/api/v1/systems").header("Authorization", header));
            assertThat(response.statusCode()).as(header).isEqualTo(401);
        }
        var lower =
                live.sent(
                        live.to("/api/v1/systems").header("Authorization", "bearer " + live.token));
        assertThat(lower.statusCode()).as("the scheme is in any case").isEqualTo(200);
    }

    @Test
    void refusalsAreProblemDocumentsWithAStableCode() throws Exception {
        var response = live.sent(live.asOwner("/api/v1/systems/nowhere"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = LiveServer.json(response);
        assertThat(problem.path("code").asText()).isEqualTo("not-found");
        assertThat(problem.path("status").asInt()).isEqualTo(404);
        assertThat(problem.path("detail").asText()).contains("nowhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"name\":null}",
                "{\"name\":7}",
                "{\"name\":\"Not A Name\"}",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{\"name\":\"x\"} trailing",
                "{\"name\":\"x\",\"labels\":{\"a\":null}}",
                "{\"name\":\"x\",\"subsystems\":[null]}",
                "{\"name\":\"x\",\"subsystems\":[\"not a name\"]}"
            })
    void aBodyThatIsNotWhatWeExpectIsRefused(String body) throws Exception {
        var response = live.post("/api/v1/systems", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(LiveServer.code(response)).isNotBlank();
    }

    @Test
    void aBodyBeyondAllBoundsIsRefused() throws Exception {
        var huge = "{\"name\":\"" + "x".repeat(9 << 20) + "\"}";
        var response = live.post("/api/v1/systems", huge);
        assertThat(response.statusCode()).isEqualTo(413);
        assertSecured(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events?limit=0",
                "/api/v1/events?limit=x",
                "/api/v1/events?after=-1",
                "/api/v1/events?since=yesterday",
                "/api/v1/alerts?state=maybe",
                "/api/v1/events/zz",
                "/api/v1/observations/4711",
                "/api/v1/systems/Not%20A%20Name"
            })
    void aBadParameterIsRefusedInWords(String path) throws Exception {
        var response = live.sent(live.asOwner(path));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(LiveServer.json(response).path("detail").asText()).isNotBlank();
    }

    /// What is no HTTP is answered by the library below us, and even that says nothing can run.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%ff%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nothing\r\n\r\n"
            })
    void evenRequestsThatAreNoneAreAnsweredWithAPolicy(String request) throws Exception {
        assertThat(raw(request)).contains(CSP + ": default-src 'none'").doesNotContain("Jetty");
    }

    @Test
    void headersBeyondAllBoundsAreAnsweredWithAPolicy() throws Exception {
        var request = "GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
        assertThat(raw(request)).startsWith("HTTP/1.1 431").contains(CSP + ": default-src 'none'");
    }

    @Test
    void anUpgradeThatIsNotForAgentsIsRefusedWithAPolicy() throws Exception {
        var request =
                "GET /ws/agent/v1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade:"
                        + " websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key:"
                        + " dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol:"
                        + " chat\r\n\r\n";
        assertThat(raw(request))
                .contains(CSP + ": default-src 'none'")
                .doesNotContain("HTTP/1.1 101");
    }

    @Test
    void healthAndReadinessAreForAnyone() throws Exception {
        assertThat(live.sent(live.to("/healthz")).body()).isEqualTo("ok\n");
        assertThat(live.sent(live.to("/readyz")).body()).isEqualTo("ready\n");
        assertThat(live.sent(live.to("/metrics")).statusCode()).isEqualTo(401);
        assertThat(live.sent(live.asOwner("/metrics")).body()).contains("aramaki_events_total");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), live.server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            while (!answer.toString().contains("\r\n\r\n")) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
            }
            return answer.toString();
        }
    }

    private static void assertSecured(HttpResponse<?> response) {
        assertThat(response.headers().firstValue(CSP).orElse("none at all"))
                .as(response.toString())
                .startsWith("default-src 'none'");
    }

    private static String filled(Route route) {
        return route.path()
                .replace("{file}", "aramaki.css")
                .replaceAll("\\{[a-z]+\\}", "x")
                .replace("<path>", "x");
    }

    private static HttpRequest.Builder asked(Route route, HttpRequest.Builder request) {
        var body =
                route.method() == Route.Method.POST || route.method() == Route.Method.PUT
                        ? BodyPublishers.ofString("{}")
                        : BodyPublishers.noBody();
        return request.method(route.method().name(), body);
    }
}
