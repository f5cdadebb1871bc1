package aramaki.server.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.model.Labels;
import aramaki.model.grant.Role;
import aramaki.model.grant.Verb;
import aramaki.model.observation.EntityName;
import aramaki.protocol.crypto.SecretKey;
import aramaki.server.LiveServer;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every endpoint, page and stream as every kind of caller, by the table of routes. Everything
// about
/// the vault carries a word that must never reach who was given the shop only.
class EveryRouteAsEveryCallerTest {
    /// In every name of the vault; an answer may say it again to who asked by it.
    private static final String CANARY = "zanzibar";

    /// In everything else about it.
    private static final String SECRET = "quokka";

    @TempDir private static Path folder;
    private static LiveServer live;
    private static String nobody;
    private static String viewer;
    private static String operator;
    private static String expired;
    private static String revoked;
    private static String narrow;
    private static final Map<String, String> SHOP = new TreeMap<>();
    private static final Map<String, String> VAULT = new TreeMap<>();

    @BeforeAll
    static void start() throws Exception {
        live = new LiveServer(folder);
        fill("shop", "till", "open", SHOP);
        fill("vault-" + CANARY, CANARY + "-host", SECRET, VAULT);
        live.post(
                "/api/v1/systems",
                "{\"name\":\"roof-"
                        + CANARY
                        + "\",\"subsystems\":[\"shop\",\"vault-"
                        + CANARY
                        + "\"]}");
        await().until(() -> live.get("/api/v1/alerts").path("items").size() == 2);
        nobody = live.personNamed("nobody");
        viewer = given("viewer", "viewer", "8h");
        operator = given("operator", "operator", "8h");
        narrow = narrowTokenOfTheOwner();
        expired = given("expired", "owner", "1m");
        live.clock.advance(Duration.ofMinutes(2));
        revoked = given("revoked", "owner", "8h");
        var grants = LiveServer.json(live.sent(live.asOwner("/api/v1/grants?holder=revoked")));
        String id = grants.path("items").path(0).path("id").asText();
        assertThat(
                        live.post("/api/v1/grants/" + id + "/revoke", "{\"reason\":\"over\"}")
                                .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    /// A system with an agent, an observation, an alert and notes.
    private static void fill(String system, String host, String word, Map<String, String> names)
            throws Exception {
        String check = "check-of-" + host;
        live.post(
                "/api/v1/systems",
                "{\"name\":\"" + system + "\",\"title\":\"The " + system + "\"}");
        live.sent(
                live.asOwner("/api/v1/systems/" + system)
                        .PUT(
                                BodyPublishers.ofString(
                                        "{\"files\":{\"system.yaml\":\"title: The "
                                                + word
                                                + "\\n\",\"checks/"
                                                + check
                                                + ".yaml\":\"name: "
                                                + check
                                                + "\\ncommand: [check_x]\\nevery: 10s\\n\"}}")));
        var invited =
                live.server
                        .agents()
                        .invite(
                                URI.create("http://localhost:1"),
                                List.of(system),
                                Labels.NONE,
                                1,
                                Duration.ofHours(1),
                                live.server.owner().by());
        byte[] seed = ByteBuffer.allocate(32).putInt(host.hashCode()).array();
        live.server
                .agents()
                .join(
                        invited.invite().id(),
                        SecretKey.ofSeed(seed).publicKey(),
                        new EntityName(host));
        var observed =
                live.post(
                        "/api/v1/observations",
                        "{\"system\":\""
                                + system
                                + "\",\"entity\":\""
                                + host
                                + "\",\"check\":\""
                                + check
                                + "\",\"state\":\"critical\",\"output\":\"bad on "
                                + word
                                + "\"}");
        assertThat(observed.statusCode()).as(observed.body()).isEqualTo(201);
        var noted =
                live.post(
                        "/api/v1/systems/" + system + "/notes",
                        "{\"text\":\"about " + word + "\"}");
        names.put("system", system);
        names.put("agent", host);
        names.put("entity", host);
        names.put("check", check);
        names.put("observation", LiveServer.json(observed).path("id").asText());
        names.put("event", LiveServer.json(noted).path("id").asText());
        names.put("hash", LiveServer.json(noted).path("id").asText());
        assertThat(names.get("event")).matches("[0-9a-f]{64}");
    }

    private static String given(String name, String role, String validity) throws Exception {
        String token = live.personNamed(name);
        var answer =
                live.post(
                        "/api/v1/grants",
                        "{\"holder\":\""
                                + name
                                + "\",\"role\":\""
                                + role
                                + "\",\"systems\":[\"shop\"],\"expiresIn\":\""
                                + validity
                                + "\",\"reason\":\"a test\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return token;
    }

    private static String narrowTokenOfTheOwner() throws Exception {
        var answer =
                live.post(
                        "/api/v1/tokens",
                        "{\"name\":\"board\",\"expiresIn\":\"8h\",\"grants\":[{\"role\":\"viewer\","
                                + "\"systems\":[\"shop\"],\"expiresIn\":\"8h\","
                                + "\"reason\":\"a board on the wall\"}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return LiveServer.json(answer).path("token").asText();
    }

    private record Answer(int status, String body) {}

    private static Answer ask(Route route, String token, Map<String, String> names)
            throws IOException, InterruptedException {
        String path = route.path();
        for (var name : names.entrySet()) {
            path = path.replace("{" + name.getKey() + "}", name.getValue());
        }
        path = path.replaceAll("\\{[a-z]+\\}", "x").replace("<path>", "x");
        String query = path.startsWith("/api/") ? "?limit=1000&person=viewer" : "?q=";
        var body =
                route.method() == Route.Method.POST || route.method() == Route.Method.PUT
                        ? BodyPublishers.ofString("{}")
                        : BodyPublishers.noBody();
        var request = live.as(token, path + query).method(route.method().name(), body);
        if (route.path().endsWith("/stream")) {
            return new Answer(live.headOf(request).statusCode(), "");
        }
        var response = live.sent(request);
        return new Answer(response.statusCode(), response.body());
    }

    private static void assertSilent(Route route, Map<String, String> names, Answer answer) {
        var asked = route.toString() + " about " + names.get("system");
        assertThat(answer.body()).as(asked).doesNotContain(SECRET);
        if (names == SHOP) {
            assertThat(answer.body()).as(asked).doesNotContain(CANARY);
        }
    }

    private static boolean signsOut(Route route) {
        return route.path().startsWith("/sign-");
    }

    @Test
    void whoHoldsNothingSeesNothingAndMayDoNothing() throws Exception {
        for (var token : List.of(nobody, expired, revoked)) {
            for (var names : List.of(SHOP, VAULT)) {
                for (var route : live.server.routes()) {
                    if (signsOut(route)) {
                        continue;
                    }
                    var answer = ask(route, token, names);
                    assertSilent(route, names, answer);
                    switch (route.need()) {
                        case Need.On _ ->
                                assertThat(answer.status()).as(route.toString()).isEqualTo(404);
                        case Need.OnInstance _ ->
                                assertThat(answer.status()).as(route.toString()).isEqualTo(403);
                        case Need.OnNamed _, Need.Someone _, Need.Oneself _, Need.Nobody _ ->
                                assertThat(answer.status()).as(route.toString()).isLessThan(500);
                    }
                }
            }
        }
    }

    @Test
    void whoWasGivenTheShopLearnsNothingOfTheVault() throws Exception {
        for (var token : List.of(viewer, operator, narrow)) {
            for (var names : List.of(VAULT, SHOP)) {
                for (var route : live.server.routes()) {
                    if (!signsOut(route)) {
                        var answer = ask(route, token, names);
                        assertSilent(route, names, answer);
                        if (names == VAULT && route.need() instanceof Need.On) {
                            assertThat(answer.status()).as(route.toString()).isEqualTo(404);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aViewerMayLookAndNothingElse() throws Exception {
        for (var route : live.server.routes()) {
            if (route.need() instanceof Need.On(var verb, _)) {
                var answer = ask(route, viewer, SHOP);
                if (verb == Verb.READ) {
                    assertThat(answer.status()).as(route.toString()).isEqualTo(200);
                } else {
                    assertThat(answer.status()).as(route.toString()).isEqualTo(403);
                    assertThat(answer.body()).as(route.toString()).contains("viewer may not");
                }
            }
        }
    }

    /// Or it would make itself a wider one.
    @Test
    void aTokenWithGrantsOfItsOwnIsNoPerson() throws Exception {
        for (var route : live.server.routes()) {
            int status = ask(route, narrow, SHOP).status();
            switch (route.need()) {
                case Need.Oneself _, Need.OnInstance _ ->
                        assertThat(status).as(route.toString()).isEqualTo(403);
                case Need.On(var verb, _) ->
                        assertThat(status == 403)
                                .as(route + " " + status)
                                .isEqualTo(verb != Verb.READ);
                case Need.OnNamed _, Need.Someone _, Need.Nobody _ ->
                        assertThat(status).as(route.toString()).isLessThan(500);
            }
        }
    }

    @Test
    void anOperatorMayDoWhatOperatorsDo() throws Exception {
        for (var route : live.server.routes()) {
            if (route.need() instanceof Need.On(var verb, _)) {
                int status = ask(route, operator, SHOP).status();
                boolean may = Role.OPERATOR.verbs().contains(verb);
                assertThat(status == 403).as(route + " " + status).isEqualTo(!may);
            }
        }
    }

    /// What it may see by its own path, everybody who may see it finds in lists too.
    @Test
    void whatMayBeSeenIsSeen() throws Exception {
        for (String list :
                List.of(
                        "systems",
                        "agents",
                        "entities",
                        "checks",
                        "observations",
                        "alerts?state=all",
                        "events")) {
            var answer = live.sent(live.as(viewer, "/api/v1/" + list));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).as(list).contains("shop");
        }
        assertThat(live.sent(live.as(viewer, "/")).body()).contains("/s/shop");
        assertThat(live.sent(live.as(viewer, "/api/v1/search?q=till")).body()).contains("till");
    }
}
