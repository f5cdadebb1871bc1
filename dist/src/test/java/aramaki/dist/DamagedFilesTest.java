package aramaki.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.system.SystemName;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every file of a data directory, cut and with bits turned: `admin verify` names it, `admin
/// doctor` says what to do, and nothing else is lost.
class DamagedFilesTest {
    private static final int PAGE = 4096;

    @TempDir private static Path images;
    @TempDir private Path folder;
    private final OfflineAdmin admin = new OfflineAdmin();

    /// A server that was stopped, and the same as a kill would leave it.
    @BeforeAll
    static void run() throws IOException {
        var data = images.resolve("stopped");
        var settings = ServerSettings.of(data, 0, Optional.empty());
        try (var server = new Server(settings, InstantSource.system())) {
            server.start();
            for (int i = 0; i < 30; i++) {
                var files = Map.of("system.yaml", "title: Shop " + i + "\n");
                server.systems()
                        .put(
                                new SystemName("shop-" + i),
                                new TreeMap<>(files),
                                server.owner().by());
            }
            copy(data, images.resolve("killed"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stopped", "killed"})
    void whatIsWholeIsFine(String image) throws IOException {
        var data = data(image);
        assertThat(verify(data)).isEmpty();
        assertThat(admin.doctor(data).path("ok").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "genesis.json, cut",
        "genesis.json, empty",
        "genesis.json, gone",
        "genesis.json, turned",
        "log-key, cut",
        "log-key, empty",
        "log-key, gone",
        "log-key, turned",
        "recovery-key, cut",
        "recovery-key, empty",
        "recovery-key, turned",
        "layout, empty",
        "layout, gone",
        "layout, turned",
        "aramaki.db, cut",
        "aramaki.db, empty",
        "aramaki.db, gone"
    })
    void aDamagedFileIsNamedAndExplained(String file, String how) throws IOException {
        var data = data("stopped");
        damage(data.resolve(file), how);
        var doctor = admin.doctor(data);
        assertThat(doctor.path("ok").asBoolean()).isFalse();
        assertThat(cures(doctor))
                .anyMatch(
                        cure ->
                                cure.contains("backup")
                                        || cure.contains("write 1")
                                        || cure.contains("copy"));
        assertThat(verify(data)).anyMatch(problem -> problem.contains(file));
        if (file.endsWith("-key") || file.equals("layout")) { // the logs are whole all the same
            assertThat(verify(data)).hasSize(1);
        }
    }

    /// SQLite does not see it; the log does.
    @Test
    void aBitTurnedInAnEventIsNamedByItsLogAndSeq() throws IOException {
        var data = data("stopped");
        var file = data.resolve("aramaki.db");
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        turn(file, bytes.indexOf("\"because\":null") + 1);
        assertThat(verify(data)).anyMatch(p -> p.contains("/ops seq 1: the payload is not what"));
    }

    @Test
    void theLocksFileHoldsNothing() throws IOException {
        var data = data("stopped");
        Files.writeString(data.resolve("lock"), "junk");
        assertThat(verify(data)).isEmpty();
    }

    @Test
    void bitsTurnedInTheWriteAheadLogAreNamedAndWhatWasBeforeThemIsKept() throws IOException {
        var data = data("killed");
        var wal = data.resolve("aramaki.db-wal");
        assertThat(Files.size(wal)).isGreaterThan(40 * PAGE);
        turn(wal, Files.size(wal) / 2);
        assertThat(cures(admin.doctor(data))).anyMatch(cure -> cure.contains("rebuild"));

        data = data("killed");
        wal = data.resolve("aramaki.db-wal");
        turn(wal, Files.size(wal) / 2);
        var report = admin.verify(data);
        assertThat(texts(report.path("problems")))
                .hasSize(1)
                .allMatch(p -> p.contains("aramaki.db-wal is damaged at frame"));
        assertThat(report.path("events").asLong()).isPositive();
    }

    @Test
    void aWriteAheadLogTornInItsLastWriteLosesThatAndNothingElse() throws IOException {
        var whole = admin.verify(data("killed")).path("events").asLong();
        var data = data("killed");
        var wal = data.resolve("aramaki.db-wal");
        cut(wal, Files.size(wal) - 100);
        var report = admin.verify(data);
        assertThat(texts(report.path("problems"))).isEmpty();
        assertThat(report.path("events").asLong()).isBetween(whole - 5, whole);
    }

    @ParameterizedTest
    @CsvSource({
        "event, event, restore",
        "log_end, log_end, restore",
        "latest, latest, rebuild",
        "episode, episode, rebuild",
        "managed_system, managed_system, rebuild",
        "event_by_time, event_by_time, rebuild"
    })
    void aDamagedPageIsNamedByItsTable(String root, String named, String cure)
            throws IOException, SQLException {
        var data = data("stopped");
        spoil(data.resolve("aramaki.db"), root);
        assertThat(verify(data))
                .anyMatch(p -> p.contains(named))
                .noneMatch(p -> p.contains("\tat "));
        assertThat(cures(admin.doctor(data))).anyMatch(c -> c.contains(cure));
    }

    @ParameterizedTest
    @ValueSource(strings = {"episode", "managed_system", "alert", "event_by_time", "person"})
    void aDamagedProjectionIsPutRightFromTheLogs(String root) throws IOException, SQLException {
        var data = data("stopped");
        spoil(data.resolve("aramaki.db"), root);
        assertThat(verify(data)).isNotEmpty();
        assertThat(admin.rebuild(data, false).path("ok").asBoolean()).isTrue();
        assertThat(verify(data)).isEmpty();
        assertThat(data.resolve("aramaki.db.damaged")).exists();
    }

    @Test
    void aDamagedLogIsNotMadeUp() throws IOException, SQLException {
        var data = data("stopped");
        spoil(data.resolve("aramaki.db"), "event");
        byte[] before = Files.readAllBytes(data.resolve("aramaki.db"));
        assertThatThrownBy(() -> admin.rebuild(data, false))
                .hasMessageContaining("restore a backup");
        assertThat(Files.readAllBytes(data.resolve("aramaki.db"))).isEqualTo(before);
    }

    private List<String> verify(Path data) {
        var report = admin.verify(data);
        var problems = texts(report.path("problems"));
        assertThat(report.path("ok").asBoolean()).isEqualTo(problems.isEmpty());
        return problems;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(t -> texts.add(t.asText()));
        return texts;
    }

    private static List<String> cures(JsonNode doctor) {
        var cures = new ArrayList<String>();
        doctor.path("examinations")
                .forEach(
                        e -> e.path("complaints").forEach(c -> cures.add(c.path("cure").asText())));
        return cures;
    }

    private Path data(String image) throws IOException {
        var data = Files.createTempDirectory(folder, image);
        copy(images.resolve(image), data);
        return data;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void damage(Path file, String how) throws IOException {
        switch (how) {
            case "cut" -> cut(file, Files.size(file) / 2);
            case "empty" -> cut(file, 0);
            case "gone" -> Files.delete(file);
            default -> turn(file, file.endsWith("layout") ? 0 : Files.size(file) - 20);
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static void turn(Path file, long at) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, at);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 0x04)}), at);
        }
    }

    /// Writes over the page where a table or an index begins.
    private static void spoil(Path file, String name) throws IOException, SQLException {
        long page;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            page =
                    statement
                            .executeQuery(
                                    "select rootpage from sqlite_schema where name = '"
                                            + name
                                            + "'")
                            .getLong(1);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.wrap("junk".repeat(64).getBytes(StandardCharsets.UTF_8)),
                    (page - 1) * PAGE);
        }
    }
}
