package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.server.LiveServer;
import aramaki.server.TestClock;
import aramaki.server.identity.DataDirectory;
import aramaki.server.sql.SqlAlertStore;
import aramaki.server.sql.SqliteStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Acts on alerts over HTTP: by program and by the forms of the pages.
class AlertActApiTest {
    private static final String MARKUP = "<img src=x onerror=alert(1)>\"'";
    private static final int SHOP = 300;

    @TempDir private Path data;
    private LiveServer live;

    @BeforeEach
    void threeHundredAlertsInTheShopAndOneInTheBank() {
        try (var first = new LiveServer(data)) {
            for (String name : new String[] {"shop", "bank"}) {
                first.server
                        .systems()
                        .put(
                                new SystemName(name),
                                Map.of("system.yaml", "title: " + name + "\n"),
                                first.server.owner().by());
            }
        }
        var alerts = new SqlAlertStore();
        try (var store = SqliteStore.open(data.resolve(DataDirectory.STORE))) {
            store.write(
                    tx -> {
                        for (int i = 0; i < SHOP; i++) {
                            alerts.save(tx, alert("shop/web" + i + "/disk", i));
                        }
                        alerts.save(tx, alert("bank/db1/disk", SHOP));
                        return 0;
                    });
        }
        live = new LiveServer(data);
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private static Alert alert(String key, int number) {
        var id = new StringBuilder("e_");
        "%016d".formatted(number).chars().forEach(c -> id.append((char) (c - '0' + 'a')));
        return new Alert(
                AlertKey.parse(key),
                new EpisodeId(id.toString()),
                new AlertState.Firing(),
                State.CRITICAL,
                TestClock.START.minusSeconds(number),
                "full");
    }

    private int count(String query) throws Exception {
        return live.get("/api/v1/alerts?limit=1000&" + query).path("items").size();
    }

    @Test
    void threeHundredAlertsAreAcknowledgedByAQueryAndUndone() throws Exception {
        String ack = "{\"act\":\"ack\",\"query\":\"system:shop state:firing\"";
        var would = LiveServer.json(live.post("/api/v1/alerts/acts", ack + ",\"dryRun\":true}"));
        assertThat(would.path("count").asInt()).isEqualTo(SHOP);
        assertThat(would.path("systems").path("shop").asInt()).isEqualTo(SHOP);
        assertThat(count("state=acknowledged")).isZero();

        var fewer = live.post("/api/v1/alerts/acts", ack + ",\"expected\":299}");
        assertThat(LiveServer.code(fewer)).isEqualTo("more-by-now");
        var done = LiveServer.json(live.post("/api/v1/alerts/acts", ack + ",\"expected\":300}"));
        assertThat(done.path("count").asInt()).isEqualTo(SHOP);
        assertThat(count("state=acknowledged")).isEqualTo(SHOP);
        assertThat(count("state=firing")).isEqualTo(1);
        assertThat(live.get("/api/v1/alerts?mine=true&limit=1").path("items").get(0).path("owner"))
                .hasToString("\"" + live.server.owner().name() + "\"");

        live.post("/api/v1/alerts/shop/web7/disk/unack", "{}");
        String id = done.path("id").asText();
        var undone = LiveServer.json(live.post("/api/v1/alerts/acts/" + id + "/undo", "{}"));
        assertThat(undone.path("count").asInt()).isEqualTo(SHOP - 1);
        assertThat(undone.path("left").get(0).path("key").asText()).isEqualTo("shop/web7/disk");
        assertThat(count("state=acknowledged")).isZero();
        var events = live.get("/api/v1/events?type=alert.bulk&limit=10").path("items");
        assertThat(events).hasSize(2);
        assertThat(events.get(1).path("text").asText()).contains("ack of 300 alerts at once");
    }

    @Test
    void oneAlertIsTakenCommentedAndShownWithWhatPeopleDid() throws Exception {
        String one = "/api/v1/alerts/shop/web1/disk";
        live.post(one + "/ack", "{\"length\":\"2h\",\"comment\":\"on it\"}");
        live.post(one + "/comment", "{\"comment\":\"disk ordered\"}");
        var shown = live.get(one);
        assertThat(shown.path("state").asText()).isEqualTo("acknowledged");
        assertThat(shown.path("comment").asText()).isEqualTo("on it");
        assertThat(shown.path("expiresAt").asText()).isEqualTo("2026-11-22T05:00:00Z");
        assertThat(shown.path("acts")).hasSize(2);
        assertThat(LiveServer.code(live.post(one + "/ack", "{\"length\":\"soon\"}")))
                .isEqualTo("bad-length");
        assertThat(LiveServer.code(live.post(one + "/assign", "{\"to\":\"nobody-here\"}")))
                .isEqualTo("no-such-person");
    }

    @Test
    void aSilenceHidesAtOnceAndIsListed() throws Exception {
        String silence =
                "{\"system\":\"shop\",\"matchers\":[\"entity=~web1.*\"],\"length\":\"2h\","
                        + "\"reason\":\"new racks\"}";
        var preview = LiveServer.json(live.post("/api/v1/silences/preview", silence));
        assertThat(preview.path("hides").asInt()).isEqualTo(111);
        var added = LiveServer.json(live.post("/api/v1/silences", silence));
        assertThat(added.path("state").asText()).isEqualTo("active");
        assertThat(count("silenced=true")).isEqualTo(111);
        assertThat(page("/")).contains("111 silenced");
        live.clock.seconds(60);
        var over =
                LiveServer.json(
                        live.post(
                                "/api/v1/silences/" + added.path("id").asText() + "/expire", "{}"));
        assertThat(over.path("hid").asInt()).isEqualTo(111);
        assertThat(
                        LiveServer.code(
                                live.post(
                                        "/api/v1/silences",
                                        "{\"length\":\"2h\",\"reason\":\"x\"}")))
                .isEqualTo("silence-of-everything");
    }

    @Test
    void theFormOfThePageActsOnAllThatMatchAndOffersTheUndo() throws Exception {
        var answer = form("/alerts/acts", Map.of("act", "ack", "all", "1", "q", "system:shop"));
        assertThat(answer).startsWith("/alerts?q=system%3Ashop&did=b_");
        assertThat(page(answer)).contains("You have 300 alerts.").contains("Undo");
        String act = answer.substring(answer.indexOf("b_"));
        String undone = form("/alerts/undo", Map.of("act", act));
        assertThat(page(undone)).contains("Put back 300 alerts.");
    }

    @Test
    void whatPeopleWriteIsNeverMarkup() throws Exception {
        form("/alerts/acts", Map.of("act", "ack", "key", "shop/web1/disk", "comment", MARKUP));
        form(
                "/silences",
                Map.of(
                        "system",
                        "bank",
                        "length",
                        "2h",
                        "name",
                        MARKUP,
                        "reason",
                        MARKUP + "2",
                        "matchers",
                        "team!=" + MARKUP));
        for (String path : new String[] {"/alerts", "/silences", "/", "/timeline"}) {
            assertThat(page(path)).doesNotContain("<img src=x");
        }
        assertThat(page("/alerts")).contains("&lt;img src=x");
        assertThat(page("/silences")).contains("&lt;img src=x");
    }

    private String page(String path) throws Exception {
        return live.sent(live.asOwner(path).header("Accept", "text/html")).body();
    }

    /// Sends a form and says where it leads.
    private String form(String path, Map<String, String> fields) throws Exception {
        var body = new StringBuilder();
        fields.forEach(
                (name, value) ->
                        body.append(body.isEmpty() ? "" : "&")
                                .append(name)
                                .append('=')
                                .append(
                                        java.net.URLEncoder.encode(
                                                value, java.nio.charset.StandardCharsets.UTF_8)));
        var answer =
                live.sent(
                        live.asOwner(path)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(body.toString())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
