package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Head;
import aramaki.server.LiveServer;
import aramaki.server.ServerSettings;
import aramaki.server.TestClock;
import aramaki.server.identity.DataDirectory;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who did what and who looked at what, asked of a real server.
class AuditApiTest {
    @TempDir private Path folder;
    private LiveServer live;
    private String bo;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder);
        live.post("/api/v1/systems", "{\"name\":\"shop\"}");
        bo = live.personNamed("bo");
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private String give(String holder, String role, String system) throws Exception {
        var given =
                live.post(
                        "/api/v1/grants",
                        "{\"holder\":\"%s\",\"role\":\"%s\",\"systems\":[\"%s\"],\"expiresIn\":\"8h\",\"reason\":\"a test\"}"
                                .formatted(holder, role, system));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
        return LiveServer.json(given).path("id").asText();
    }

    private List<JsonNode> items(String query) throws Exception {
        return live.get("/api/v1/audit?" + query).path("items").valueStream().toList();
    }

    private HttpResponse<String> asBo(String path) throws IOException, InterruptedException {
        return live.sent(live.as(bo, path));
    }

    @Test
    void whoLookedIsThereWithGrantAddressAndWhatTheyLookedAt() throws Exception {
        give("bo", "viewer", "shop");
        assertThat(asBo("/api/v1/systems/shop/status?layers=2").statusCode()).isEqualTo(200);
        assertThat(asBo("/s/shop").statusCode()).isEqualTo(200);
        assertThat(asBo("/s/shop").statusCode()).isEqualTo(200);

        var looks = items("kind=looks&person=bo");
        assertThat(looks).hasSize(2);
        var page = looks.getFirst();
        assertThat(page.path("name").asText()).isEqualTo("bo");
        assertThat(page.path("from").asText()).isEqualTo("127.0.0.1");
        assertThat(page.path("system").asText()).isEqualTo("shop");
        assertThat(page.path("times").asInt()).isEqualTo(2);
        assertThat(page.path("via").path("path").asText()).isEqualTo("/s/{system}");
        assertThat(page.path("via").path("parameters").path("system").asText()).isEqualTo("shop");
        assertThat(page.path("via").path("credential").asText()).matches("[0-9a-f]{16}");
        var status = looks.getLast().path("via");
        assertThat(status.path("filters").toString()).isEqualTo("[\"layers\"]");
        var reached = live.get("/api/v1/events/" + page.path("grant").asText());
        assertThat(reached.path("type").asText()).isEqualTo("grant.reached");
        assertThat(reached.path("system").asText()).isEqualTo("shop");
    }

    @Test
    void anActIsJoinedWithTheRequestItCameBy() throws Exception {
        give("bo", "operator", "shop");
        var noted =
                live.sent(
                        live.as(bo, "/api/v1/systems/shop/notes")
                                .POST(BodyPublishers.ofString("{\"text\":\"back at once\"}")));
        String event = LiveServer.json(noted).path("id").asText();

        var acts = items("person=bo&system=shop");
        assertThat(acts).hasSize(1);
        var act = acts.getFirst();
        assertThat(act.path("id").asText()).isEqualTo(event);
        assertThat(act.path("kind").asText()).isEqualTo("act");
        assertThat(act.path("from").asText()).isEqualTo("127.0.0.1");
        assertThat(act.path("event").path("type").asText()).isEqualTo("note.added");
        assertThat(act.path("event").path("text").asText()).contains("back at once");
        assertThat(act.path("via").path("method").asText()).isEqualTo("POST");
        assertThat(act.path("via").path("path").asText())
                .isEqualTo("/api/v1/systems/{system}/notes");
        assertThat(act.path("grant").asText())
                .isEqualTo(live.get("/api/v1/events/" + event).path("grant").asText());
        assertThat(items("kind=looks&person=bo")).isEmpty();
    }

    @Test
    void oneRequestThatCausesManyEventsIsWhereAllOfThemCameFrom() throws Exception {
        give("bo", "viewer", "shop");

        var caused =
                items("person=owner").stream()
                        .filter(
                                act ->
                                        act.path("via")
                                                .path("path")
                                                .asText()
                                                .equals("/api/v1/grants"))
                        .toList();
        assertThat(caused)
                .extracting(act -> act.path("event").path("type").asText())
                .contains("grant.given", "grant.reached");
        assertThat(caused).extracting(act -> act.path("from").asText()).containsOnly("127.0.0.1");
    }

    @Test
    void whoJoinsIsKnownByTheAddressTheyJoinedFrom() throws Exception {
        var invited =
                live.server
                        .invitations()
                        .invite(live.server.owner(), "dora", "", List.of(), Duration.ofHours(1));
        var joined =
                live.sent(
                        live.to("/join")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        BodyPublishers.ofString(
                                                "password=correct+horse+battery&code="
                                                        + invited.secret())));
        assertThat(joined.statusCode()).as(joined.body()).isLessThan(400);

        var acts = items("person=dora");
        assertThat(acts).isNotEmpty();
        assertThat(acts).extracting(a -> a.path("from").asText()).containsOnly("127.0.0.1");
        assertThat(acts)
                .extracting(a -> a.path("event").path("type").asText())
                .contains("password.set");
        assertThat(String.join("", rows("select * from access_log")))
                .doesNotContain(invited.secret());
    }

    @Test
    void whatWasRefusedIsALookToo() throws Exception {
        assertThat(asBo("/api/v1/systems/shop").statusCode()).isEqualTo(404);
        assertThat(asBo("/api/v1/audit").statusCode()).isEqualTo(403);

        var looks = items("kind=looks&person=bo");
        assertThat(looks)
                .extracting(l -> l.path("via").path("status").asInt())
                .containsExactly(403, 404);
        assertThat(looks.getLast().path("system").asText()).isEqualTo("shop");
    }

    @Test
    void lookingAtTheAuditAndExportingItAreLooks() throws Exception {
        items("kind=acts");
        live.sent(live.asOwner("/api/v1/audit/export"));
        live.sent(live.asOwner("/audit"));

        assertThat(items("kind=looks&person=owner"))
                .extracting(l -> l.path("via").path("path").asText())
                .contains("/api/v1/audit", "/api/v1/audit/export", "/audit");
    }

    @Test
    void strangersStaticFilesAndHealthAreNotRecordedAndAStreamIsRecordedOnce() throws Exception {
        live.sent(live.to("/api/v1/systems"));
        live.sent(live.asOwner("/healthz"));
        live.sent(live.asOwner("/static/aramaki.css"));
        live.headOf(live.asOwner("/api/v1/stream"));

        await().untilAsserted(
                        () ->
                                assertThat(items("kind=looks"))
                                        .extracting(l -> l.path("via").path("path").asText())
                                        .contains("/api/v1/stream"));
        assertThat(
                        rows(
                                "select path, times from access_log where method = 'GET'"
                                        + " and path <> '/api/v1/audit'"))
                .containsExactly("/api/v1/stream 1");
    }

    @Test
    void noSecretIsInTheTable() throws Exception {
        String link = live.server.access().newLink(live.server.owner());
        live.sent(live.to("/sign-in?code=" + link));
        live.sent(live.asOwner("/?token=" + live.token + "&" + live.token + "=1"));
        live.sent(live.asOwner("/s/" + live.token));
        live.sent(live.asOwner("/api/v1/systems/" + live.token));
        live.sent(live.asOwner("/api/v1/agents/" + live.token + "?q=" + bo));
        live.post("/api/v1/systems/shop/notes?text=" + bo, "{\"text\":\"" + live.token + "\"}");
        live.post("/api/v1/tokens", "{\"label\":\"x\",\"expiresIn\":\"1h\"}");
        items("kind=looks");

        var all = rows("select * from access_log");
        assertThat(all).hasSizeGreaterThan(5);
        assertThat(String.join("\n", all))
                .contains("…")
                .doesNotContain(live.token, bo, link, "Bearer");
    }

    @Test
    void anExportCanBeCheckedAgainstHashesAndSignedHeads() throws Exception {
        give("bo", "viewer", "shop");
        asBo("/s/shop");
        await().until(() -> export("").stream().anyMatch(l -> is(l, "head")));
        var lines = export("?since=2026-11-22T00:00:00Z");

        assertThat(lines.getFirst().path("kind").asText()).isEqualTo("export");
        assertThat(lines.getFirst().path("kinds").toString()).isEqualTo("[\"acts\",\"looks\"]");
        var acts = lines.stream().filter(l -> is(l, "act")).toList();
        var heads = lines.stream().filter(l -> is(l, "head")).toList();
        long looks = lines.stream().filter(l -> is(l, "look")).count();
        var end = lines.getLast();
        assertThat(end.path("kind").asText()).isEqualTo("end");
        assertThat(end.path("acts").asLong()).isEqualTo(acts.size()).isPositive();
        assertThat(end.path("looks").asLong()).isEqualTo(looks).isPositive();
        assertThat(end.path("heads").asLong()).isEqualTo(heads.size());

        for (var act : acts) {
            byte[] header = Base64Url.decode(act.path("header").asText());
            assertThat(EventBytes.hash(header).hex()).isEqualTo(act.path("id").asText());
            var said = EventBytes.parse(header);
            assertThat(said.seq()).isEqualTo(act.path("event").path("seq").asLong());
            assertThat(said.actor()).isEqualTo(act.path("by").asText());
            assertThat(said.prev().hex()).isEqualTo(act.path("prev").asText());
            assertThat(said.log().system().value())
                    .isEqualTo(act.path("event").path("systemId").asText());
        }
        var key = new PublicKey(live.get("/api/v1/instance").path("logKey").asText());
        for (var head : heads) {
            var envelope = Json.read(Json.bytes(head.path("envelope")), Envelope.class);
            assertThat(Head.open(envelope, key).system()).isEqualTo(head.path("systemId").asText());
        }
    }

    private static boolean is(JsonNode line, String kind) {
        return line.path("kind").asText().equals(kind);
    }

    private List<JsonNode> export(String query) throws Exception {
        var answer = live.sent(live.asOwner("/api/v1/audit/export" + query));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body()
                .lines()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Test
    void pagesOfTheListGoOnWhereTheLastOneEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            live.post("/api/v1/systems/shop/notes", "{\"text\":\"note " + i + "\"}");
        }
        var all = items("system=shop");
        var first = live.get("/api/v1/audit?system=shop&limit=3");
        var second =
                live.get("/api/v1/audit?system=shop&limit=3&after=" + first.path("next").asText());
        var paged = new ArrayList<JsonNode>();
        first.path("items").forEach(paged::add);
        second.path("items").forEach(paged::add);
        assertThat(paged).isEqualTo(all.subList(0, 6));
    }

    @Test
    void whoMayNotReadASystemSeesNoActAndNoLookOfIt() throws Exception {
        String chris = live.personNamed("chris");
        give("chris", "owner", "instance");
        live.sent(live.asOwner("/s/shop"));

        for (String kind : List.of("acts", "looks")) {
            var answer = live.sent(live.as(chris, "/api/v1/audit?kind=" + kind));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("chris").doesNotContain("shop");
        }
        for (String system : List.of("shop", "none")) {
            var answer = live.sent(live.as(chris, "/api/v1/audit?system=" + system));
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void badFiltersAreRefusedInWords() throws Exception {
        for (String bad : List.of("kind=all", "since=yesterday", "person=nobody-here", "after=x")) {
            var answer = live.sent(live.asOwner("/api/v1/audit?" + bad));
            assertThat(answer.statusCode()).as(bad).isIn(400, 404);
        }
        assertThat(LiveServer.code(live.sent(live.asOwner("/api/v1/audit?kind=all"))))
                .isEqualTo("bad-kind");
    }

    @Test
    void thePageShowsActsAndLooksAndThePersonsPageLeadsThere() throws Exception {
        give("bo", "viewer", "shop");
        asBo("/s/shop");

        var html = live.asOwner("/audit?q=person:bo+kind:looks").header("Accept", "text/html");
        assertThat(live.sent(html).body()).contains("/s/shop", "127.0.0.1", "1 look");
        assertThat(live.sent(live.asOwner("/audit").header("Accept", "text/html")).body())
                .contains("owner", "/events/");
        assertThat(live.sent(live.asOwner("/people/bo").header("Accept", "text/html")).body())
                .contains("/audit?q=person:bo");
        assertThat(asBo("/audit").statusCode()).isEqualTo(403);
    }

    @Test
    void peopleSeeFromWhereTheirTokensAreUsed() throws Exception {
        asBo("/api/v1/whoami");

        assertThat(live.sent(live.as(bo, "/account").header("Accept", "text/html")).body())
                .contains("127.0.0.1");
    }

    @Test
    void whatIsForgottenLeavesTheActWithoutItsAddress() throws Exception {
        live.close();
        var settings =
                ServerSettings.of(folder.resolve("short"), 0, Optional.empty())
                        .keepingAccess(Duration.ofDays(1));
        live = new LiveServer(settings);
        live.clock.set(TestClock.START.minus(Duration.ofDays(2)));
        live.post("/api/v1/systems", "{\"name\":\"shop\"}");
        assertThat(items("system=shop").getFirst().path("from").asText()).isEqualTo("127.0.0.1");
        live.close();
        live = new LiveServer(settings);

        await().untilAsserted(
                        () -> {
                            var act = items("system=shop").getFirst();
                            assertThat(act.path("event").path("type").asText())
                                    .startsWith("system.");
                            assertThat(act.path("from").isNull()).isTrue();
                        });
    }

    @Test
    void aStopWritesWhatWaits() throws Exception {
        live.sent(live.asOwner("/s/shop"));
        live.close();

        assertThat(rows("select path from access_log")).contains("/s/{system}");
        live = new LiveServer(folder);
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve(DataDirectory.STORE));
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }
}
