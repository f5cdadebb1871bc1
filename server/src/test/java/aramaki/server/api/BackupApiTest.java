package aramaki.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import aramaki.server.LiveServer;
import aramaki.server.TestClock;
import aramaki.server.backup.BackupFolder;
import aramaki.server.backup.Restoring;
import aramaki.server.backup.Site;
import aramaki.server.backup.Target;
import aramaki.server.identity.DataDirectory;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlRestorationStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.store.StoreSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups over HTTP from a running server, and the time after a restore.
class BackupApiTest {
    @TempDir private Path folder;

    @Test
    void aRunningServerGivesABackupThatRestores() throws Exception {
        String instance;
        try (var live = new LiveServer(folder.resolve("data"))) {
            var answer = post(live, "backup", Map.of("folder", folder.resolve("one").toString()));
            assertThat(answer.statusCode()).isEqualTo(201);
            var report = Json.tree(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            instance = report.path("instance").asText();
            assertThat(report.path("events").asLong()).isPositive();
            assertThat(report.path("keys").asBoolean()).isTrue();
        }
        restore();
        try (var live = new LiveServer(folder.resolve("there"))) {
            assertThat(get(live, "/api/v1/instance").path("id").asText()).isEqualTo(instance);
            assertThat(complaint(live)).contains("This instance is recovering");
            var confirmed = post(live, "restore/confirm", Map.of());
            assertThat(confirmed.statusCode()).isEqualTo(200);
            assertThat(complaint(live)).isEmpty();
            var again = post(live, "restore/confirm", Map.of());
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains("not recovering");
            var verified = post(live, "verify", Map.of());
            assertThat(verified.body()).contains("\"ok\":true");
        }
    }

    @Test
    void aFolderThatExistsOrIsNowhereIsRefused() throws Exception {
        try (var live = new LiveServer(folder.resolve("data"))) {
            Files.createDirectory(folder.resolve("used"));
            var used = post(live, "backup", Map.of("folder", folder.resolve("used").toString()));
            assertThat(used.statusCode()).isEqualTo(409);
            assertThat(used.body()).contains("folder-exists");
            var nowhere = post(live, "export", Map.of("folder", folder + "/no/where"));
            assertThat(nowhere.body()).contains("no-such-folder");
            var relative = post(live, "export", Map.of("folder", "here"));
            assertThat(relative.body()).contains("absolute path");
            var inside = post(live, "export", Map.of("folder", folder + "/data/x"));
            assertThat(inside.body()).contains("own folder");
            try (var left = Files.list(folder)) {
                assertThat(left.map(p -> p.getFileName().toString()))
                        .containsExactlyInAnyOrder("data", "used");
            }
        }
    }

    @Test
    void strangersGetNoBackup() throws Exception {
        try (var live = new LiveServer(folder.resolve("data"))) {
            String body = Json.text(Map.of("folder", folder.resolve("one").toString()));
            var answer =
                    live.sent(
                            live.to("/api/v1/admin/backup")
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(folder.resolve("one")).doesNotExist();
        }
    }

    private void restore() {
        new Restoring(
                        BackupApiTest::site,
                        new SqlEventStore(),
                        new SqlRestorationStore(),
                        new TestClock())
                .run(BackupFolder.open(folder.resolve("one")), Target.of(folder.resolve("there")));
    }

    private static String complaint(LiveServer live) throws IOException, InterruptedException {
        for (var examination : get(live, "/api/v1/doctor").path("examinations")) {
            if (examination.path("name").asText().equals("restored")) {
                return examination.path("complaints").path(0).path("what").asText("");
            }
        }
        throw new AssertionError("there is no such examination");
    }

    private static JsonNode get(LiveServer live, String path)
            throws IOException, InterruptedException {
        return Json.tree(
                live.sent(live.asOwner(path))
                        .body()
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> post(LiveServer live, String what, Map<String, String> body)
            throws IOException, InterruptedException {
        return live.sent(
                live.asOwner("/api/v1/admin/" + what)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.text(body))));
    }

    private static Site site(Path data) {
        return SqlStores.site(new StoreSettings.Embedded(), data.resolve(DataDirectory.STORE));
    }
}
