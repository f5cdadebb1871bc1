package aramaki.server.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.server.LiveServer;
import aramaki.server.api.Door;
import aramaki.server.identity.DataDirectory;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Giving, passing on, ending; what it reaches; and what a refusal says.
class GrantsTest {
    @TempDir private Path folder;
    private LiveServer live;
    private String bo;
    private String chris;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder);
        create("storage", "");
        create("shop", "\"labels\":{\"kind\":\"shop\"}");
        create("house", "\"subsystems\":[\"shop\"]");
        create("secret", "");
        bo = live.personNamed("bo");
        chris = live.personNamed("chris");
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private void create(String name, String more) throws Exception {
        var answer =
                live.post(
                        "/api/v1/systems",
                        "{\"name\":\"" + name + "\"" + (more.isEmpty() ? "" : "," + more) + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private HttpResponse<String> send(String token, String path, String body) throws Exception {
        return live.sent(live.as(token, path).POST(BodyPublishers.ofString(body)));
    }

    private int status(String token, String path) throws Exception {
        return live.sent(live.as(token, path)).statusCode();
    }

    private HttpResponse<String> add(String token, String who, String more) throws Exception {
        return send(
                token,
                "/api/v1/grants",
                "{\"holder\":\"" + who + "\",\"reason\":\"a test\"," + more + "}");
    }

    private JsonNode given(String token, String who, String more) throws Exception {
        var answer = add(token, who, more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return LiveServer.json(answer);
    }

    private HttpResponse<String> note(String token, String system, String text) throws Exception {
        return send(token, "/api/v1/systems/" + system + "/notes", "{\"text\":\"" + text + "\"}");
    }

    @Test
    void aGrantOnAnAggregateCoversItsLayersAndActsNameIt() throws Exception {
        assertThat(status(bo, "/api/v1/systems/shop")).isEqualTo(404);
        var grant =
                given(
                        live.token,
                        "bo",
                        "\"role\":\"operator\",\"systems\":[\"house\"],\"expiresIn\":\"8h\"");
        assertThat(grant.path("covers").toString()).isEqualTo("[\"house\",\"shop\"]");
        var noted = LiveServer.json(note(bo, "shop", "I am here"));
        assertThat(noted.path("by").asText()).startsWith("p_");
        var reached =
                live.get("/api/v1/events?system=shop&type=grant.reached").path("items").path(0);
        assertThat(noted.path("grant").asText()).isEqualTo(reached.path("id").asText());
        assertThat(reached.path("text").asText()).contains("bo may").contains("a test");
        assertThat(status(bo, "/api/v1/systems/secret")).isEqualTo(404);
        assertThat(status(bo, "/s/shop")).isEqualTo(200);
    }

    @Test
    void whatIsAggregatedLaterIsCoveredAndWhatIsTakenOutIsNot() throws Exception {
        given(live.token, "bo", "\"role\":\"viewer\",\"systems\":[\"house\"],\"expiresIn\":\"8h\"");
        assertThat(status(bo, "/api/v1/systems/storage")).isEqualTo(404);
        live.post("/api/v1/systems/house/subsystems", "{\"subsystem\":\"storage\"}");
        assertThat(status(bo, "/api/v1/systems/storage")).isEqualTo(200);
        live.sent(live.asOwner("/api/v1/systems/house/subsystems/shop").DELETE());
        assertThat(status(bo, "/api/v1/systems/shop")).isEqualTo(404);
        assertThat(live.get("/api/v1/events?system=shop&type=grant.withdrawn").path("items"))
                .hasSize(1);
    }

    @Test
    void labelsSelectNowAndLater() throws Exception {
        given(
                live.token,
                "bo",
                "\"role\":\"viewer\",\"labels\":{\"kind\":\"shop\"},\"expiresIn\":\"8h\"");
        assertThat(status(bo, "/api/v1/systems/shop")).isEqualTo(200);
        assertThat(status(bo, "/api/v1/systems/house")).isEqualTo(404);
        create("shop2", "\"labels\":{\"kind\":\"shop\"}");
        assertThat(status(bo, "/api/v1/systems/shop2")).isEqualTo(200);
    }

    /// Else whoever may edit one system would let the holders of grants on it into any other.
    @Test
    void whoMayEditCannotHaveGrantsReachFurther() throws Exception {
        given(
                live.token,
                "bo",
                "\"role\":\"maintainer\",\"systems\":[\"house\",\"storage\"],\"expiresIn\":\"8h\"");
        var linked = send(bo, "/api/v1/systems/house/subsystems", "{\"subsystem\":\"secret\"}");
        assertThat(linked.statusCode()).isEqualTo(404);
        var own = send(bo, "/api/v1/systems/house/subsystems", "{\"subsystem\":\"storage\"}");
        assertThat(own.statusCode()).isEqualTo(403);
        var written =
                live.sent(
                        live.as(bo, "/api/v1/systems/house")
                                .PUT(
                                        BodyPublishers.ofString(
                                                "{\"files\":{\"system.yaml\":\"title: House\\nsubsystems:"
                                                        + " [shop, secret]\\n\"}}")));
        assertThat(written.statusCode()).isEqualTo(404);
        given(
                live.token,
                "chris",
                "\"role\":\"viewer\",\"labels\":{\"kind\":\"shop\"},\"expiresIn\":\"8h\"");
        var labelled =
                live.sent(
                        live.as(bo, "/api/v1/systems/storage")
                                .PUT(
                                        BodyPublishers.ofString(
                                                "{\"files\":{\"system.yaml\":\"title: Storage\\nlabels:"
                                                        + " {kind: shop}\\n\"}}")));
        assertThat(labelled.statusCode()).as(labelled.body()).isEqualTo(403);
        var titled =
                live.sent(
                        live.as(bo, "/api/v1/systems/storage")
                                .PUT(
                                        BodyPublishers.ofString(
                                                "{\"files\":{\"system.yaml\":\"title: Storage\\n\"}}")));
        assertThat(titled.statusCode()).as(titled.body()).isEqualTo(200);
    }

    @Test
    void itEndsByItself() throws Exception {
        given(live.token, "bo", "\"role\":\"viewer\",\"systems\":[\"shop\"],\"expiresIn\":\"1h\"");
        live.clock.advance(Duration.ofMinutes(59));
        assertThat(status(bo, "/s/shop")).isEqualTo(200);
        live.clock.advance(Duration.ofMinutes(1));
        assertThat(status(bo, "/s/shop")).isEqualTo(404);
        var why = live.get("/api/v1/permissions?person=bo&verb=read&system=shop");
        assertThat(why.path("sentence").asText())
                .startsWith("bo may not read shop: the grant by")
                .contains("ended at");
    }

    @Test
    void passingOnOnlyNarrowsAndEndsWithWhatItComesFrom() throws Exception {
        var parent =
                given(
                        live.token,
                        "bo",
                        "\"role\":\"operator\",\"systems\":[\"house\"],\"expiresIn\":\"8h\",\"depth\":1");
        String viewer = "\"role\":\"viewer\",\"systems\":[\"shop\"],\"expiresIn\":\"1h\"";
        for (String wider :
                new String[] {
                    "\"role\":\"maintainer\",\"systems\":[\"shop\"],\"expiresIn\":\"1h\"",
                    "\"role\":\"viewer\",\"everything\":true,\"expiresIn\":\"1h\"",
                    "\"role\":\"viewer\",\"systems\":[\"shop\"],\"expiresIn\":\"9h\"",
                    viewer + ",\"classes\":[\"restricted\"]"
                }) {
            var answer = add(bo, "chris", wider);
            assertThat(answer.statusCode()).as(wider).isEqualTo(403);
            assertThat(LiveServer.code(answer)).isEqualTo("wider-than-yours");
        }
        String local =
                live.server.access().newLocalToken(live.server.people().require("bo").caller());
        assertThat(LiveServer.code(add(local, "chris", viewer + ",\"depth\":1")))
                .isEqualTo("wider-than-yours");
        given(bo, "chris", viewer);
        assertThat(status(chris, "/s/shop")).isEqualTo(200);
        assertThat(add(chris, "bo", viewer).statusCode()).isEqualTo(403);
        String id = parent.path("id").asText();
        var revoked =
                live.post(
                        "/api/v1/grants/" + id.substring(0, 12) + "/revoke",
                        "{\"reason\":\"over\"}");
        assertThat(LiveServer.json(revoked).path("items")).hasSize(2);
        assertThat(status(chris, "/s/shop")).isEqualTo(404);
        assertThat(status(bo, "/s/shop")).isEqualTo(404);
    }

    /// Whoever decided before cannot act after.
    @Test
    void anActThatWasDecidedBeforeARevocationIsRefusedAfterIt() throws Exception {
        var grant =
                given(
                        live.token,
                        "bo",
                        "\"role\":\"operator\",\"systems\":[\"shop\"],\"expiresIn\":\"1h\"");
        var caller = live.server.access().byToken(bo).orElseThrow();
        var shop = live.server.systems().require(new SystemName("shop")).id();
        var asker = Door.asker(caller, InetAddress.ofLiteral("127.0.0.1"));
        var decided = live.server.grants().permissions().require(asker, Verb.NOTE, shop).by();
        String id = grant.path("id").asText();
        live.post("/api/v1/grants/" + id + "/revoke", "{\"reason\":\"over\"}");
        assertThatThrownBy(
                        () ->
                                live.server
                                        .systems()
                                        .put(
                                                new SystemName("shop"),
                                                Map.of("system.yaml", "title: Mine\n"),
                                                caller.under(decided).by()))
                .hasMessageContaining("holds no more");
    }

    @Test
    void anEmergencyGrantSleepsUntilItIsWokenForAllToSee() throws Exception {
        var grant =
                given(
                        live.token,
                        "bo",
                        "\"role\":\"operator\",\"systems\":[\"shop\"],\"expiresIn\":\"90d\",\"emergency\":true");
        assertThat(grant.path("state").asText()).isEqualTo("asleep");
        assertThat(note(bo, "shop", "hello").statusCode()).isEqualTo(404);
        String id = grant.path("id").asText();
        var woken = send(bo, "/api/v1/grants/" + id + "/invoke", "{\"reason\":\"all is down\"}");
        assertThat(woken.statusCode()).as(woken.body()).isEqualTo(200);
        assertThat(note(bo, "shop", "hello").statusCode()).isEqualTo(201);
        var told = live.get("/api/v1/events?system=shop&type=grant.invoked").path("items").path(0);
        assertThat(told.path("text").asText()).contains("EMERGENCY: bo").contains("all is down");
        live.clock.advance(Grants.AWAKE);
        assertThat(note(bo, "shop", "hello").statusCode()).isEqualTo(404);
    }

    @Test
    void aRefusalSaysWhatIsMissingAndWhoCouldGiveIt() throws Exception {
        given(live.token, "bo", "\"role\":\"viewer\",\"systems\":[\"shop\"],\"expiresIn\":\"1h\"");
        var answer = note(bo, "shop", "hello");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(LiveServer.json(answer).path("detail").asText())
                .startsWith("bo may not note shop: the grant by")
                .contains("covers read only")
                .contains("ask an owner");
    }

    @Test
    void aStreamThatIsOpenFallsSilentWithTheGrant() throws Exception {
        var grant =
                given(
                        live.token,
                        "bo",
                        "\"role\":\"viewer\",\"systems\":[\"shop\"],\"expiresIn\":\"1h\"");
        try (var http = HttpClient.newHttpClient()) {
            var stream =
                    http.send(
                            live.as(bo, "/api/v1/stream")
                                    .header("Accept", "text/event-stream")
                                    .timeout(Duration.ofSeconds(60))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).isEqualTo(": open"); // it listens from here on
                note(live.token, "secret", "not for bo");
                note(live.token, "shop", "first");
                assertThat(nextText(lines)).isEqualTo("first");
                String id = grant.path("id").asText();
                live.post("/api/v1/grants/" + id + "/revoke", "{\"reason\":\"over\"}");
                note(live.token, "shop", "second");
                given(
                        live.token,
                        "bo",
                        "\"role\":\"viewer\",\"systems\":[\"shop\"],\"expiresIn\":\"1h\"");
                note(live.token, "shop", "third");
                assertThat(nextText(lines)).isEqualTo("third");
            }
        }
    }

    /// Of the next note in a stream.
    private static String nextText(BufferedReader lines) throws Exception {
        while (true) {
            String line = lines.readLine();
            assertThat(line).as("the stream goes on").isNotNull();
            if (line.startsWith("data:") && line.contains("note.added")) {
                return Json.tree(line.substring(5).strip().getBytes(StandardCharsets.UTF_8))
                        .path("text")
                        .asText();
            }
        }
    }

    /// What a page reads must not grow with the grants there are: so it reads none of them.
    @Test
    void pagesReadNoRowOfAnyGrant() throws Exception {
        given(
                live.token,
                "bo",
                "\"role\":\"operator\",\"systems\":[\"shop\"],\"expiresIn\":\"8h\"");
        var file = folder.resolve(DataDirectory.STORE);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.executeUpdate("drop table grant_given");
            statement.executeUpdate("drop table grant_cover");
        }
        for (String page :
                new String[] {"/", "/systems", "/s/shop", "/alerts", "/timeline", "/agents"}) {
            for (String token : new String[] {bo, live.token}) {
                var answer = live.sent(live.as(token, page).header("Accept", "text/html"));
                assertThat(answer.statusCode()).as(page + answer.body()).isEqualTo(200);
            }
        }
        assertThat(status(bo, "/api/v1/systems/secret")).isEqualTo(404);
    }

    @Test
    void everyTermIsRefusedWhereItMakesNoSense() throws Exception {
        String base = "\"systems\":[\"shop\"],\"role\":\"viewer\"";
        for (String wrong :
                new String[] {
                    base,
                    base + ",\"expiresIn\":\"2y\"",
                    base + ",\"expiresIn\":\"400d\"",
                    base + ",\"expiresIn\":\"1h\",\"depth\":5",
                    base + ",\"expiresIn\":\"1h\",\"networks\":[\"10.0.0.0/33\"]",
                    base + ",\"expiresIn\":\"1h\",\"classes\":[\"secret\"]",
                    "\"systems\":[\"shop\"],\"expiresIn\":\"1h\"",
                    "\"systems\":[],\"role\":\"viewer\",\"expiresIn\":\"1h\"",
                    "\"systems\":[\"shop\"],\"role\":\"king\",\"expiresIn\":\"1h\"",
                    "\"systems\":[\"shop\"],\"verbs\":[\"fly\"],\"expiresIn\":\"1h\""
                }) {
            assertThat(add(live.token, "bo", wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(add(live.token, "nobody-here", base + ",\"expiresIn\":\"1h\"").statusCode())
                .isEqualTo(404);
        assertThat(live.get("/api/v1/grants").path("items")).isEmpty();
    }
}
