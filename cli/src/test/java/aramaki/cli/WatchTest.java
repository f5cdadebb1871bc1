package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Following the timeline, also when the connection does not hold.
@Timeout(30)
class WatchTest {
    @TempDir Path home;
    private final CannedServer server = CannedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String event(String id) {
        return "{\"id\":\"%s\",\"system\":\"shop\",\"type\":\"note\",\"at\":\"2026-03-01T11:00:00Z\",\"text\":\"it is %s\"}"
                .formatted(id, id);
    }

    private static String events(String... ids) {
        var items = java.util.Arrays.stream(ids).map(WatchTest::event).toList();
        return "{\"items\":[" + String.join(",", items) + "]}";
    }

    private Keyboard script() {
        return Keyboard.script(home).asking(server);
    }

    @Test
    void eventsArePrintedAsTheyCome() {
        server.answers("GET /events", events("old")).streams(event("a"), event("b"));

        var ran = script().run("timeline", "watch", "--system", "shop", "--limit", "2");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .isEqualTo(
                        """
                        2026-03-01T11:00:00Z\tshop\tnote\t\tit is a
                        2026-03-01T11:00:00Z\tshop\tnote\t\tit is b
                        """);
        assertThat(server.asked()).anyMatch(a -> a.line().equals("GET /stream?system=shop"));
    }

    @Test
    void aPersonSeesTheTimeOnTheClock() {
        server.answers("GET /events", events()).streams(event("a"));

        var ran = Keyboard.person(home).asking(server).run("timeline", "watch", "--limit", "1");

        assertThat(ran.out()).isEqualTo("11:00:00  shop  note  it is a\n");
    }

    @Test
    void jsonIsOneDocumentALine() {
        server.answers("GET /events", events()).streams(event("a"), event("b"));

        var ran = script().run("timeline", "watch", "--json=id", "--limit", "2");

        assertThat(ran.out().lines()).containsExactly("{\"id\":\"a\"}", "{\"id\":\"b\"}");
    }

    @Test
    void aLostConnectionIsTakenUpAgainWithNothingMissingAndNothingTwice() {
        server.answers("GET /events", events("old"))
                .answers("GET /events", events("old"))
                .answers("GET /events", events("c", "b", "a", "old"))
                .streams(event("a"))
                .refuses("GET /stream", 503, "starting", "the server is starting")
                .streams(event("c"), event("d"));

        var ran = script().run("timeline", "watch", "--json=id", "--limit", "4");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines().map(l -> Json.read(l, JsonNode.class).path("id").asText()))
                .containsExactly("a", "b", "c", "d");
        assertThat(ran.err())
                .containsOnlyOnce("lost " + server.url())
                .containsOnlyOnce("connected again");
    }

    @Test
    void whatHappensBetweenLookingAndListeningIsNotMissed() {
        server.answers("GET /events", events("old"))
                .answers("GET /events", events("a", "old"))
                .streams();

        var ran = script().run("timeline", "watch", "--json=id", "--limit", "1");

        assertThat(ran.out()).isEqualTo("{\"id\":\"a\"}\n");
    }

    @Test
    void aServerThatIsNotThereAtTheStartIsAFailure() {
        server.answers("GET /events", events())
                .refuses("GET /stream", 503, "starting", "the server is starting");

        assertThat(script().run("timeline", "watch").exit()).isEqualTo(1);
    }

    @Test
    void aRevokedTokenEndsTheWatch() {
        server.answers("GET /events", events())
                .streams()
                .refuses("GET /stream", 401, "unauthenticated", "this token was revoked");

        var ran = script().run("timeline", "watch");

        assertThat(ran.exit()).isEqualTo(4);
    }

    @Test
    void anEventThatIsNoJsonIsPassedOver() {
        server.answers("GET /events", events()).streams("{broken", event("a"));

        var ran = script().run("timeline", "watch", "--json=id", "--limit", "1");

        assertThat(ran.out()).isEqualTo("{\"id\":\"a\"}\n");
    }
}
