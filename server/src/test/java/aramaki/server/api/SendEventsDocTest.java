package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command of the how-to, run as it stands there.
class SendEventsDocTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "how-to", "send-events.md");
    private static final Pattern COMMAND = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path folder;

    @Test
    void everyCommandOfTheHowToIsTaken() throws Exception {
        var commands =
                COMMAND.matcher(Files.readString(DOCUMENT)).results().map(r -> r.group(1)).toList();
        assertThat(commands).hasSize(4);
        try (var live = new LiveServer(folder)) {
            live.post("/api/v1/systems", "{\"name\":\"shop\"}");
            for (String command : commands) {
                run(live, command);
            }
            assertThat(
                            live.get("/api/v1/events?lane=outside")
                                    .path("items")
                                    .findValuesAsText("text"))
                    .containsExactly(
                            "deployed shop 1.4.2 to production (by jenkins)",
                            "org.example.sale",
                            "org.example.sale",
                            "org.example.import.finished price list",
                            "nightly backup, 41 GiB");
        }
    }

    private static void run(LiveServer live, String command) throws Exception {
        var builder = new ProcessBuilder(List.of("bash", "-c", command)).redirectErrorStream(true);
        builder.environment().put("ARAMAKI_SERVER", live.server.url().toString());
        builder.environment().put("TOKEN", live.token);
        var process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command + said).isZero();
        assertThat(said).contains("\"event.received\"");
    }
}
