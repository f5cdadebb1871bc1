package aramaki.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import aramaki.server.Server;
import aramaki.server.store.StoreSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The list in the documentation is the list that is examined. `-Daramaki.golden=write` writes it
/// anew.
class DoctorReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "how-to", "doctor.md");
    private static final String HEAD = "|---|---|---|\n";

    @TempDir Path data;

    @Test
    void everyExaminationIsInTheReference() throws IOException, InterruptedException {
        String text = Files.readString(REFERENCE);
        String before = text.substring(0, text.indexOf(HEAD) + HEAD.length());
        String whole = before + table();
        if ("write".equals(System.getProperty("aramaki.golden"))) {
            Files.writeString(REFERENCE, whole);
        }

        assertThat(Files.readString(REFERENCE)).isEqualTo(whole);
    }

    @Test
    void aNewServerHasAdviceAndNothingBroken() throws IOException, InterruptedException {
        try (var live = new LiveServer(data)) {
            var report = live.get("/api/v1/doctor");

            assertThat(report.path("ok").asBoolean()).as(report.toPrettyString()).isTrue();
            assertThat(report.path("verdict").asText()).isEqualTo("advice");
            assertThat(live.sent(live.asOwner("/").header("Accept", "text/html")).body())
                    .contains("Aramaki itself", "href=\"/doctor\"");
            assertThat(live.sent(live.asOwner("/doctor").header("Accept", "text/html")).body())
                    .contains("The recovery key is still in the data folder.");
        }
    }

    private String table() throws IOException, InterruptedException {
        var atRest =
                Server.atRest(data, new StoreSettings.Embedded()).stream()
                        .map(Examination::name)
                        .collect(Collectors.toSet());
        try (var live = new LiveServer(data)) {
            return live.get("/api/v1/doctor")
                    .path("examinations")
                    .valueStream()
                    .map(e -> row(e, atRest.contains(e.path("name").asText())))
                    .collect(Collectors.joining());
        }
    }

    private static String row(JsonNode examination, boolean atRest) {
        return "| `%s` | %s | %s |\n"
                .formatted(
                        examination.path("name").asText(),
                        examination.path("about").asText(),
                        atRest ? "at rest" : "");
    }
}
