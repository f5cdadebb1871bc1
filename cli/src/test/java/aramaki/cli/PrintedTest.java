package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data on stdout: a table for people, lines for programs, JSON for whoever asks.
class PrintedTest {
    private static final String FIRING =
            """
            {"key":"shop/web1/http","id":"e_1","system":"shop","entity":"web1","check":"http",
             "state":"firing","severity":"critical","since":"2026-03-01T11:57:00Z",
             "seenAt":"2026-03-01T11:59:57Z","output":"connection refused on port 80","checkState":"critical"}""";
    private static final String STALE =
            """
            {"key":"shop/web2/load","id":"e_2","system":"shop","entity":"web2","check":"load",
             "state":"firing","severity":"stale","since":"2026-02-26T12:00:00Z",
             "seenAt":"2026-02-26T12:00:00Z","output":"load 1.0","checkState":"stale"}""";

    @TempDir Path home;
    private final CannedServer server = CannedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String items(String... items) {
        return "{\"items\":[" + String.join(",", items) + "],\"next\":null}";
    }

    @Test
    void aPersonSeesATableWithSignsAndAges() {
        server.answers("GET /alerts", items(FIRING, STALE));

        var ran = Keyboard.person(home).asking(server).run("alert", "list");

        assertThat(ran.out())
                .isEqualTo(
                        """
                        STATE     SEVERITY    SYSTEM  ENTITY  CHECK  SINCE   OUTPUT
                        ✖ firing  ✖ critical  shop    web1    http   3m ago  connection refused on port 80
                        ✖ firing  ◌ stale     shop    web2    load   3d ago  load 1.0
                        """);
        assertThat(server.lastAsked().line()).isEqualTo("GET /alerts?state=open&limit=1000");
    }

    @Test
    void aNarrowTerminalCutsTheLastColumnAndNeverWraps() {
        server.answers("GET /alerts", items(FIRING, STALE));

        for (int width : new int[] {75, 60, 40, 12, 1}) {
            var ran = Keyboard.person(home).asking(server).wide(width).run("alert", "list");

            assertThat(ran.out().lines()).hasSize(3).allMatch(l -> l.length() <= width);
        }
        var ran = Keyboard.person(home).asking(server).wide(75).run("alert", "list");
        assertThat(ran.out()).contains("✖ critical").contains("connection refused on…");
    }

    @Test
    void aProgramGetsTabsWordsAndInstantsWithoutAHeader() {
        server.answers("GET /alerts", items(FIRING));

        var ran = Keyboard.script(home).asking(server).run("alert", "list");

        assertThat(ran.out())
                .isEqualTo(
                        "firing\tcritical\tshop\tweb1\thttp\t2026-03-01T11:57:00Z\tconnection refused on"
                                + " port 80\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void jsonIsOneArrayWithEveryField() {
        server.answers("GET /alerts", items(FIRING, STALE));

        var ran = Keyboard.person(home).asking(server).run("alert", "list", "--json");

        var array = Json.read(ran.out(), JsonNode.class);
        assertThat(array.isArray()).isTrue();
        assertThat(array).hasSize(2);
        assertThat(array.get(0)).isEqualTo(Json.read(FIRING, JsonNode.class));
    }

    @Test
    void chosenFieldsComeInTheirOrderAndAbsentOnesAreNull() {
        server.answers("GET /alerts", items(FIRING));

        var ran =
                Keyboard.script(home)
                        .asking(server)
                        .run("--json=severity,key,resolvedAt", "alert", "list");

        assertThat(Json.text(Json.read(ran.out(), JsonNode.class)))
                .isEqualTo(
                        "[{\"severity\":\"critical\",\"key\":\"shop/web1/http\",\"resolvedAt\":null}]");
        assertThat(ran.err()).contains("nothing here has \"resolvedAt\"").contains("checkState");
    }

    @Test
    void jsonWithoutAnEqualsSignLeavesTheNameAlone() {
        server.answers("GET /systems/shop", "{\"name\":\"shop\",\"state\":\"ok\"}");

        var ran = Keyboard.script(home).asking(server).run("system", "show", "--json", "shop");

        assertThat(ran.exit()).isZero();
        assertThat(Json.read(ran.out(), JsonNode.class).path("name").asText()).isEqualTo("shop");
    }

    @Test
    void anEmptyListSaysWhichFilterEmptiedIt() {
        server.answers("GET /alerts", items());

        var ran = Keyboard.script(home).asking(server).run("alert", "list", "--system", "shop");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("no alerts with --state=open --system=shop")
                .contains("--state all");
    }

    @Test
    void anEmptyListIsAnEmptyArrayAndQuietIsQuiet() {
        server.answers("GET /systems", items());

        var ran = Keyboard.script(home).asking(server).run("system", "list", "--json", "--quiet");

        assertThat(Json.read(ran.out(), JsonNode.class)).isEmpty();
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void pagesAreFollowedUpToTheLimit() {
        server.answers(
                        "GET /entities?limit=3",
                        "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"next\":\"c 2\"}")
                .answers(
                        "GET /entities?after=c%202&limit=1",
                        "{\"items\":[{\"name\":\"c\"}],\"next\":\"c3\"}");

        var ran =
                Keyboard.script(home)
                        .asking(server)
                        .run("entity", "list", "--limit", "3", "--json=name");

        assertThat(Json.read(ran.out(), JsonNode.class).findValuesAsText("name"))
                .containsExactly("a", "b", "c");
        assertThat(ran.err()).contains("the first 3 only");
    }

    @Test
    void aCursorThatLeadsNowhereEnds() {
        server.answers("GET /entities", "{\"items\":[{\"name\":\"a\"}],\"next\":\"again\"}");

        var ran = Keyboard.script(home).asking(server).run("entity", "list");

        assertThat(ran.exit()).isZero();
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void controlCharactersFromTheServerNeverReachTheTerminal() {
        String hostile = "\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202egnp\\r\\n\\tx";
        server.answers(
                        "GET /observations",
                        items(
                                "{\"check\":\"c\",\"state\":\"\\u001b[31m\",\"output\":\""
                                        + hostile
                                        + "\"}"))
                .answers(
                        "GET /observations/1",
                        "{\"id\":\"1\",\"output\":\"" + hostile + "\\n" + hostile + "\"}")
                .refuses("GET /systems", 409, "x", "a" + hostile + "b");

        for (var keyboard : new Keyboard[] {Keyboard.person(home), Keyboard.script(home)}) {
            var asking = keyboard.asking(server);
            assertHarmless(asking.run("observation", "list"));
            assertHarmless(asking.run("observation", "list", "--json"));
            assertHarmless(asking.run("observation", "show", "1"));
            assertHarmless(asking.run("system", "list"));
        }
        var json = Keyboard.script(home).asking(server).run("observation", "list", "--json");
        assertThat(Json.read(json.out(), JsonNode.class).get(0).path("output").asText())
                .isEqualTo("\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp\r\n\tx");
    }

    private static void assertHarmless(Keyboard.Ran ran) {
        assertThat(ran.out() + ran.err())
                .isNotEmpty()
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n\t]]");
    }

    @Test
    void aTabInAnOutputMakesNoColumn() {
        server.answers("GET /observations", items("{\"state\":\"ok\",\"output\":\"a\\tb\\nc\"}"));

        var ran = Keyboard.script(home).asking(server).run("observation", "list");

        assertThat(ran.out()).isEqualTo("ok\t\t\t\t\t\ta b⏎c\n");
    }

    @Test
    void colourIsOnlyAddedToSignsAndWords() {
        server.answers("GET /alerts", items(FIRING));

        var ran = Keyboard.person(home).asking(server).runInColour("alert", "list");

        assertThat(ran.out()).contains("\u001b[31m✖ firing\u001b[0m  ");
    }
}
