package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import aramaki.server.LiveServer;
import aramaki.server.http.Route;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The interface as it is described. `-Daramaki.golden=write` writes `docs/openapi.json` anew.
class OpenApiTest {
    private static final Path GOLDEN = Path.of("..", "docs", "openapi.json");

    @TempDir private static Path folder;
    private static LiveServer live;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        live = new LiveServer(folder);
        document = live.get("/api/openapi.json");
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    void everyApiRouteIsListed() {
        for (var route : live.server.routes()) {
            if (route.api()) {
                var operation =
                        document.path("paths")
                                .path(route.path())
                                .path(route.method().name().toLowerCase(Locale.ROOT));
                assertThat(operation.path("summary").asText())
                        .as(route.toString())
                        .isEqualTo(route.summary());
            }
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = new ArrayList<String>();
        document.findValues("$ref").forEach(r -> references.add(r.asText()));
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(r -> assertThat(document.at(r.substring(1)).isMissingNode()).isFalse());
    }

    @Test
    void everyRouteWithABodyOrAnAnswerSaysWhich() {
        for (var route : live.server.routes()) {
            if (route.api() && route.method() == Route.Method.PUT) {
                assertThat(route.body()).as(route.toString()).isNotNull();
            }
        }
        var list = document.at("/paths/~1api~1v1~1agents/get/responses/2XX/content");
        assertThat(list.toString()).contains("\"items\"", "#/components/schemas/AgentItem");
    }

    @Test
    void itIsTheOneInTheDocumentation() throws Exception {
        String text = Json.pretty(document) + "\n";
        if ("write".equals(System.getProperty("aramaki.golden"))) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(Files.readString(GOLDEN))
                .as("run the tests with -Daramaki.golden=write, and look at the difference")
                .isEqualTo(text);
    }
}
