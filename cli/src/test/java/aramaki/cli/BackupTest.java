package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups, exports and restores, as typed.
class BackupTest {
    private static final String TAKEN =
            """
            {"folder":"/b","kind":"backup","instance":"i_a","schema":30,"keys":true,
             "takenAt":"2026-03-01T12:00:00Z","tables":20,"rows":900,"events":8,"bytes":12345,
             "content":"c0ffee","tookMillis":12}""";

    @TempDir Path home;
    private final CannedServer server = CannedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Keyboard script() {
        return Keyboard.script(home).asking(server);
    }

    @Test
    void theServerIsAskedForAnAbsoluteFolder() {
        server.answers("POST /admin/backup", 201, "application/json", TAKEN);

        var ran = script().run("admin", "backup", "relative/../b");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("events\t8\n").contains("content\tc0ffee\n");
        assertThat(server.lastAsked().body())
                .isEqualTo("{\"folder\":\"" + Path.of("b").toAbsolutePath() + "\"}");
    }

    @Test
    void keysAreExportedOnlyWhenAskedFor() {
        server.answers("POST /admin/export", 201, "application/json", TAKEN);

        script().run("admin", "export", "/b");
        assertThat(server.lastAsked().body()).isEqualTo("{\"folder\":\"/b\",\"withKeys\":false}");

        script().run("admin", "export", "/b", "--with-keys");
        assertThat(server.lastAsked().body()).isEqualTo("{\"folder\":\"/b\",\"withKeys\":true}");
    }

    @Test
    void aFolderThatExistsIsRefusedWithTheServersWords() {
        server.answers(
                "POST /admin/backup",
                409,
                "application/problem+json",
                "{\"code\":\"folder-exists\",\"detail\":\"/b exists: name another\"}");

        var ran = script().run("admin", "backup", "/b");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("/b exists: name another");
    }

    @Test
    void aRestoreIsConfirmedAtTheRunningServer() {
        server.answers(
                "POST /admin/restore/confirm",
                "{\"epoch\":7,\"backup\":\"c\",\"takenAt\":\"2026-03-01T12:00:00Z\",\"restoredAt\":"
                        + "\"2026-03-02T12:00:00Z\",\"confirmedAt\":\"2026-03-02T13:00:00Z\"}");

        assertThat(script().run("admin", "restore", "--confirm").out()).contains("epoch\t7\n");
        assertThat(script().run("admin", "restore", "/b", "--confirm").exit()).isEqualTo(2);
    }

    @Test
    void aRestoreNeedsABackupANewFolderAndAProgramThatCanWriteOne() {
        assertThat(script().run("admin", "restore", "/b").exit()).isEqualTo(2);
        assertThat(script().run("admin", "restore", "/b", "--data", "/n").exit()).isEqualTo(2);
        assertThat(script().run("admin", "import", "--data", "/n").exit()).isEqualTo(2);
        assertThat(script().run("admin", "import", "/b", "--from", "/o", "--data", "/n").exit())
                .isEqualTo(2);
        assertThat(script().run("admin", "import", "/b", "--data", "/n").exit()).isEqualTo(2);
    }
}
