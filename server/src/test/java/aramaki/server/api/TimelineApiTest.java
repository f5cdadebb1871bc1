package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Events over HTTP: in the order of time, by lane, around one another, with notes about them.
class TimelineApiTest {
    @TempDir private static Path folder;
    private static LiveServer live;

    @BeforeAll
    static void start() throws Exception {
        live = new LiveServer(folder);
        live.post("/api/v1/systems", "{\"name\":\"shop-db\"}");
        live.post("/api/v1/systems", "{\"name\":\"shop\",\"subsystems\":[\"shop-db\"]}");
        live.post("/api/v1/systems", "{\"name\":\"office\"}");
        live.clock.seconds(3600);
        note("shop-db", "disk slow", "2026-11-22T03:30:00Z");
        note("shop", "page slow", "2026-11-22T03:31:00Z");
        note("office", "coffee", "2026-11-22T03:30:01Z");
        note("shop", "quiet", "2026-11-22T03:50:00Z");
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    void aStretchOfTimeIsInTheOrderOfTime() throws Exception {
        assertThat(texts("/api/v1/events?from=2026-11-22T03:30:00Z&to=2026-11-22T03:31:00Z"))
                .containsExactly("coffee", "disk slow");
        assertThat(texts("/api/v1/events?from=2026-11-22T03:30:00Z&type=note"))
                .containsExactly("quiet", "page slow", "coffee", "disk slow");
        assertThat(
                        texts(
                                "/api/v1/events?from=2026-11-22T03:30:00Z&system=shop&layers=1&lane=notes"))
                .containsExactly("quiet", "page slow", "disk slow");
    }

    @Test
    void aStretchOfTimeIsReadPageByPage() throws Exception {
        String path = "/api/v1/events?lane=notes&from=2026-11-22T03:30:00Z&limit=3";
        var first = live.get(path);
        assertThat(texts(first)).containsExactly("quiet", "page slow", "coffee");
        assertThat(texts(path + "&after=" + first.path("next").asText()))
                .containsExactly("disk slow");
    }

    @Test
    void whatHappenedAroundIsNearFirst() throws Exception {
        String id = live.get("/api/v1/events?system=shop-db&type=note").at("/items/0/id").asText();
        var near = live.get("/api/v1/events/" + id + "/around?within=5m").path("items");
        assertThat(values(near, "text")).containsExactly("page slow", "coffee");
        assertThat(values(near, "relation")).containsExactly("above", "elsewhere");
        assertThat(values(near, "offsetMillis")).containsExactly("60000", "1000");
        assertThat(live.get("/api/v1/events/" + id + "/around?within=30s").path("items"))
                .hasSize(1);
    }

    @Test
    void aNoteIsAttachedToAnEventAndLinksToOthers() throws Exception {
        var about = live.get("/api/v1/events?system=shop&text=quiet").at("/items/0/id").asText();
        var other = live.get("/api/v1/events?system=office&text=coffee").at("/items/0/id").asText();
        var answer =
                live.post(
                        "/api/v1/systems/shop/notes",
                        "{\"text\":\"because\",\"about\":\"%s\",\"links\":[\"%s\",\"https://a.example/\"]}"
                                .formatted(about, other));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(LiveServer.json(answer).at("/data/about").asText()).isEqualTo(about);
        assertThat(texts("/api/v1/events/" + about + "/notes")).containsExactly("because");
        assertThat(texts("/api/v1/events/" + other + "/notes")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\":\"x\",\"about\":\"12\"}|bad-event-id",
                "{\"text\":\"x\",\"links\":[\"javascript:alert(1)\"]}|bad-link",
                "{\"text\":\"x\",\"links\":[\"https:evil\"]}|bad-link",
                "{\"text\":\"x\",\"links\":[\"\"]}|bad-link",
                "{\"text\":\" \"}|bad-note",
            })
    void aBadNoteIsRefused(String body, String code) throws Exception {
        assertThat(LiveServer.code(live.post("/api/v1/systems/shop/notes", body))).isEqualTo(code);
    }

    @Test
    void aNoteAboutNothingIsRefusedAndNotWritten() throws Exception {
        String nobody = "0".repeat(64);
        for (String field :
                List.of("\"about\":\"" + nobody + "\"", "\"links\":[\"" + nobody + "\"]")) {
            var answer =
                    live.post("/api/v1/systems/shop/notes", "{\"text\":\"lost\"," + field + "}");
            assertThat(answer.statusCode()).isEqualTo(404);
        }
        assertThat(texts("/api/v1/events?system=shop&text=lost")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from=now,bad-instant",
        "from=%2B1000000-01-01T00:00:00Z,bad-instant",
        "to=-1000000-01-01T00:00:00Z,bad-instant",
        "from=2026-11-22T03:30:00Z&since=2026-11-22T03:30:00Z,bad-range",
        "type=nonsense,bad-type",
        "lane=nonsense,bad-lane",
        "lane=notes&type=alert,bad-type",
        "from=2026-11-22T03:30:00Z&system=nowhere,not-found",
    })
    void aListThatCannotBeIsRefused(String query, String code) throws Exception {
        assertThat(LiveServer.code(get("/api/v1/events?" + query))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"within=x,bad-within", "within=0s,bad-within", "within=13h,bad-within"})
    void tooFarAroundIsRefused(String query, String code) throws Exception {
        String id = live.get("/api/v1/events?system=shop").at("/items/0/id").asText();
        assertThat(LiveServer.code(get("/api/v1/events/" + id + "/around?" + query)))
                .isEqualTo(code);
        assertThat(LiveServer.code(get("/api/v1/events/12/around"))).isEqualTo("bad-event-id");
    }

    private static List<String> texts(String path) throws Exception {
        return texts(live.get(path));
    }

    private static List<String> texts(JsonNode answer) {
        return values(answer.path("items"), "text").stream()
                .filter(t -> !t.startsWith("definition") && !t.startsWith("system"))
                .toList();
    }

    /// Payloads have fields of the same names.
    private static List<String> values(JsonNode items, String name) {
        var values = new ArrayList<String>();
        items.forEach(item -> values.add(item.path(name).asText()));
        return values;
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return live.sent(live.asOwner(path));
    }

    private static void note(String system, String text, String at) throws Exception {
        live.post(
                "/api/v1/systems/" + system + "/notes",
                "{\"text\":\"" + text + "\",\"at\":\"" + at + "\"}");
    }
}
