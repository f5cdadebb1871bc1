package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import aramaki.server.TestClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What programs elsewhere tell over HTTP, right and wrong.
class ReceptionApiTest {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @TempDir private static Path folder;
    private static LiveServer live;

    @BeforeAll
    static void start() throws Exception {
        live = new LiveServer(folder);
        live.post("/api/v1/systems", "{\"name\":\"shop\"}");
        live.post("/api/v1/systems", "{\"name\":\"office\"}");
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    void aStructuredCloudEventIsOnTheTimelineOfItsSystem() throws Exception {
        var answer =
                send(
                        "?system=shop",
                        STRUCTURED,
                        event("a1", "\"time\":\"2026-01-01T00:00:00Z\",\"subject\":\"nightly\""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var event = LiveServer.json(answer);
        assertThat(event.path("system").asText()).isEqualTo("shop");
        assertThat(event.path("type").asText()).isEqualTo("event.received");
        assertThat(event.path("class").asText()).isEqualTo("ops");
        assertThat(event.path("lane").asText()).isEqualTo("outside");
        assertThat(event.path("text").asText()).isEqualTo("com.example.backup nightly");
        assertThat(event.at("/data/source").asText()).isEqualTo("/backup");
        assertThat(newest("shop").path("id")).isEqualTo(event.path("id"));
    }

    @Test
    void theExtensionNamesTheSystemAsWell() throws Exception {
        var answer = send("", STRUCTURED, event("ext1", "\"aramakisystem\":\"office\""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(newest("office").at("/data/id").asText()).isEqualTo("ext1");
        assertRefused(
                "two-systems",
                send("?system=shop", STRUCTURED, event("ext2", "\"aramakisystem\":\"office\"")));
        assertRefused("no-system", send("", STRUCTURED, event("ext3", "\"x\":\"y\"")));
        assertRefused("not-found", send("?system=nowhere", STRUCTURED, event("ext4", "\"x\":1")));
        assertRefused("not-found", send("?system=..%2F", STRUCTURED, event("ext5", "\"x\":1")));
    }

    @Test
    void theSameEventAgainIsTheSameAndAddsNothing() throws Exception {
        var first = send("?system=shop", STRUCTURED, event("same", "\"subject\":\"once\""));
        long before = live.get("/api/v1/events?type=event&limit=1000").path("items").size();
        var again = send("?system=shop", STRUCTURED, event("same", "\"subject\":\"changed\""));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(LiveServer.json(again)).isEqualTo(LiveServer.json(first));
        assertThat(live.get("/api/v1/events?type=event&limit=1000").path("items"))
                .hasSize((int) before);
    }

    @Test
    void aBatchIsTakenWholeOrNotAtAll() throws Exception {
        var good =
                send(
                        "?system=shop",
                        BATCH,
                        "[" + event("b1", "\"x\":1") + "," + event("b2", "\"x\":1") + "]");
        assertThat(good.statusCode()).as(good.body()).isEqualTo(201);
        assertThat(LiveServer.json(good).path("items")).hasSize(2);
        var bad =
                send(
                        "?system=shop",
                        BATCH,
                        "[" + event("b3", "\"x\":1") + ",{\"specversion\":\"1.0\",\"id\":\"b4\"}]");
        assertRefused("bad-event", bad);
        assertThat(bad.body()).contains("event 2 of the batch");
        assertThat(live.get("/api/v1/events?type=event&text=b3").path("items")).isEmpty();
        var many = String.join(",", Collections.nCopies(101, event("b5", "\"x\":1")));
        assertRefused("bad-batch", send("?system=shop", BATCH, "[" + many + "]"));
        assertRefused("bad-batch", send("?system=shop", BATCH, "[]"));
        var twice = "[" + event("b6", "\"x\":1") + "," + event("b6", "\"x\":1") + "]";
        var once = LiveServer.json(send("?system=shop", BATCH, twice)).path("items");
        assertThat(once.get(0)).isEqualTo(once.get(1));
    }

    @Test
    void binaryModeHasItsAttributesInHeaders() throws Exception {
        var answer =
                live.sent(
                        live.asOwner("/api/v1/events?system=shop")
                                .header("Content-Type", "text/plain")
                                .header("ce-specversion", "1.0")
                                .header("ce-id", "bin%201")
                                .header("ce-source", "/cron")
                                .header("ce-type", "com.example.done")
                                .header("ce-subject", "caf%C3%A9")
                                .POST(BodyPublishers.ofString("all done")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var data = LiveServer.json(answer).path("data");
        assertThat(data.path("id").asText()).isEqualTo("bin 1");
        assertThat(data.path("subject").asText()).isEqualTo("café");
        assertThat(data.path("data").asText()).isEqualTo("all done");
        var without =
                live.sent(
                        live.asOwner("/api/v1/events?system=shop")
                                .header("ce-specversion", "1.0")
                                .header("ce-id", "1")
                                .header("ce-type", "com.example.done")
                                .POST(BodyPublishers.noBody()));
        assertRefused("bad-event", without);
        assertThat(without.body()).contains("source");
    }

    @Test
    void bytesThatAreNoTextAreCountedOnly() throws Exception {
        var answer =
                live.sent(
                        live.asOwner("/api/v1/events?system=shop")
                                .header("Content-Type", "image/png")
                                .header("ce-specversion", "1.0")
                                .header("ce-id", "png")
                                .header("ce-source", "/camera")
                                .header("ce-type", "com.example.picture")
                                .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0x89, 'P'})));
        assertThat(LiveServer.json(answer).at("/data/data").asText())
                .isEqualTo("(2 bytes of image/png)");
    }

    @Test
    void aCdEventIsASentence() throws Exception {
        var answer = send("?system=shop", "application/json", deployed("cd1", "0.4.1"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(LiveServer.json(answer).path("text").asText())
                .isEqualTo("deployed shop 1.4.2 to production (by jenkins)");
        var inside =
                send(
                        "?system=shop",
                        STRUCTURED,
                        "{\"specversion\":\"1.0\",\"id\":\"cd2\",\"source\":\"/jenkins\","
                                + "\"type\":\"dev.cdevents.service.deployed.0.2.0\",\"data\":"
                                + deployed("cd2", "0.3.0")
                                + "}");
        assertThat(LiveServer.json(inside).path("text").asText())
                .isEqualTo("deployed shop 1.4.2 to production (by jenkins)");
        assertRefused(
                "bad-event", send("?system=shop", "application/json", deployed("cd3", "0.1.0")));
    }

    @Test
    void aClaimedTimeIsBelievedWithinReasonAndKept() throws Exception {
        var past = send("?system=shop", STRUCTURED, event("t1", time("2026-01-01T00:00:00Z")));
        var future = send("?system=shop", STRUCTURED, event("t2", time("2099-01-01T00:00:00Z")));
        var ancient = send("?system=shop", STRUCTURED, event("t3", time("1970-01-01T00:00:00Z")));
        String now = live.clock.instant().toString();
        assertThat(TestClock.START).isAfter(java.time.Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(LiveServer.json(past).path("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(LiveServer.json(future).path("at").asText()).isEqualTo(now);
        assertThat(LiveServer.json(future).at("/data/at").asText())
                .isEqualTo("2099-01-01T00:00:00Z");
        assertThat(LiveServer.json(ancient).path("at").asText()).isEqualTo(now);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"source\":\"/a\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\"}",
                "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/a\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":7,\"source\":\"/a\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"id\":\"2\",\"source\":\"/a\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"a b\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"time\":\"now\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"A!\":\"x\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"data\":1,\"data_base64\":\"AA==\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"data_base64\":\"%\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"data\":{\"a\":\"\\ud800\"}}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"data\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}",
            })
    void whatIsNoCloudEventIsRefusedWithWhatWouldBeRight(String body) throws Exception {
        var answer = send("?system=shop", STRUCTURED, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(LiveServer.code(answer)).isIn("bad-event", "bad-json");
        assertThat(LiveServer.json(answer).path("detail").asText()).hasSizeBetween(10, 600);
    }

    @Test
    void aCloudEventUnderAWrongNameIsToldItsRightOne() throws Exception {
        var answer = send("?system=shop", "application/json", event("w1", "\"x\":1"));
        assertRefused("bad-event", answer);
        assertThat(answer.body()).contains("application/cloudevents+json");
        assertRefused("bad-content-type", send("?system=shop", "text/plain", "x"));
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        var large = event("l1", "\"data\":\"" + "x".repeat(64 * 1024) + "\"");
        assertRefused("too-large", send("?system=shop", STRUCTURED, large));
        assertRefused("too-large", send("?system=shop", BATCH, "[" + large + "]"));
        assertRefused(
                "too-large", send("?system=shop", BATCH, "[\"" + "x".repeat(1 << 20) + "\"]"));
        var name = event("n".repeat(501), "\"x\":1");
        assertRefused("bad-event", send("?system=shop", STRUCTURED, name));
    }

    @Test
    void longDataAndTitlesAreCut() throws Exception {
        var data =
                "{\"title\":\"" + "t".repeat(1000) + "\",\"body\":\"" + "🛠".repeat(9000) + "\"}";
        var answer = send("?system=shop", STRUCTURED, event("cut", "\"data\":" + data));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var stored = LiveServer.json(answer).path("data");
        assertThat(stored.path("title").asText()).hasSize(300).endsWith("…");
        String kept = stored.path("data").asText();
        assertThat(kept.length()).isBetween(8190, 8192);
        assertThat(kept.substring(kept.length() - 3)).isEqualTo("🛠…");
    }

    @Test
    void onlyWebAddressesAreLinks() throws Exception {
        var good = send("?system=shop", STRUCTURED, event("li1", link("https://ci.example/7")));
        var bad = send("?system=shop", STRUCTURED, event("li2", link("javascript:alert(1)")));
        assertThat(LiveServer.json(good).at("/data/link").asText())
                .isEqualTo("https://ci.example/7");
        assertThat(LiveServer.json(bad).at("/data/link").isNull()).isTrue();
    }

    @Test
    void aStrangerIsAskedToSignIn() throws Exception {
        var answer =
                live.sent(
                        live.to("/api/v1/events?system=shop")
                                .header("Content-Type", STRUCTURED)
                                .POST(BodyPublishers.ofString(event("s1", "\"x\":1"))));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aRestartForgetsNoEvent(@TempDir Path other) throws Exception {
        String id;
        try (var one = new LiveServer(other)) {
            one.post("/api/v1/systems", "{\"name\":\"shop\"}");
            id =
                    LiveServer.json(send(one, "?system=shop", STRUCTURED, event("r1", "\"x\":1")))
                            .path("id")
                            .asText();
        }
        try (var two = new LiveServer(other)) {
            var again = send(two, "?system=shop", STRUCTURED, event("r1", "\"x\":1"));
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(LiveServer.json(again).path("id").asText()).isEqualTo(id);
        }
    }

    private static String event(String id, String more) {
        return "{\"specversion\":\"1.0\",\"id\":\""
                + id
                + "\",\"source\":\"/backup\",\"type\":\"com.example.backup\","
                + more
                + "}";
    }

    private static String time(String at) {
        return "\"time\":\"" + at + "\"";
    }

    private static String link(String url) {
        return "\"data\":{\"title\":\"x\",\"url\":\"" + url + "\"}";
    }

    private static String deployed(String id, String version) {
        return "{\"context\":{\"version\":\""
                + version
                + "\",\"id\":\""
                + id
                + "\",\"source\":\"/jenkins\",\"type\":\"dev.cdevents.service.deployed.0.2.0\","
                + "\"timestamp\":\"2026-01-01T00:00:00.123456Z\"},\"subject\":{\"id\":\"shop\","
                + "\"type\":\"service\",\"content\":{\"environment\":{\"id\":\"production\"},"
                + "\"artifactId\":\"pkg:maven/example/shop@1.4.2\"}}}";
    }

    private static HttpResponse<String> send(String query, String type, String body)
            throws Exception {
        return send(live, query, type, body);
    }

    private static HttpResponse<String> send(
            LiveServer server, String query, String type, String body) throws Exception {
        return server.sent(
                server.asOwner("/api/v1/events" + query)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode newest(String system) throws Exception {
        return live.get("/api/v1/events?system=" + system).at("/items/0");
    }

    private static void assertRefused(String code, HttpResponse<String> answer) {
        assertThat(LiveServer.code(answer)).as(answer.body()).isEqualTo(code);
        assertThat(answer.statusCode()).isBetween(400, 499);
    }
}
