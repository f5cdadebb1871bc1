package aramaki.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.protocol.identity.Purpose;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.server.identity.Identity;
import aramaki.server.identity.KeyHistory;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keys of a stopped instance: replaced, recovered, and taken along by a backup.
class KeyKeepingTest {
    @TempDir private Path folder;
    private final OfflineAdmin admin = new OfflineAdmin();
    private Path data;

    @BeforeEach
    void run() {
        data = folder.resolve("data");
        started(data);
    }

    /// Runs a server for a moment.
    private static void started(Path data) {
        try (var server = server(data)) {
            server.start();
        }
    }

    private static Server server(Path data) {
        return new Server(ServerSettings.of(data, 0, Optional.empty()), InstantSource.system());
    }

    private Path recoveryKey() {
        return data.resolve("recovery-key");
    }

    private void assertWhole(Path where) {
        assertThat(admin.verify(where).path("problems")).isEmpty();
        started(where);
        assertThat(admin.verify(where).path("problems")).isEmpty();
    }

    private static String code(Runnable step) {
        try {
            step.run();
            return "done";
        } catch (Refusal e) {
            return e.code();
        }
    }

    private static List<String> names(JsonNode examinations) {
        return examinations
                .valueStream()
                .filter(e -> e.path("name").asText().equals("recovery-key"))
                .flatMap(e -> e.path("complaints").valueStream())
                .map(c -> c.path("cure").asText())
                .toList();
    }

    @Test
    void aKeyIsReplacedAndTheServerGoesOn() {
        var changed = admin.renewKey(data, "log");

        assertThat(changed.path("seq").asInt()).isEqualTo(1);
        assertWhole(data);
        assertThat(admin.instance(data).path("keyLog").path("entries").asInt()).isEqualTo(1);
    }

    @Test
    void theKeyLogComesAlongInABackupAnExportAndAMove() {
        admin.renewKey(data, "log");
        admin.renewKey(data, "fed");
        started(data);
        String head = KeyHistory.read(data).log().head().hex();
        admin.backup(data, folder.resolve("backup"));
        admin.export(data, folder.resolve("export"), true);

        admin.restore(folder.resolve("backup"), folder.resolve("restored"), Optional.empty());
        admin.importInto(folder.resolve("export"), folder.resolve("imported"), Optional.empty());
        admin.move(data, folder.resolve("moved"), Optional.empty());

        for (String name : List.of("restored", "imported", "moved")) {
            var there = folder.resolve(name);
            assertThat(KeyHistory.read(there).log().head().hex()).isEqualTo(head);
            assertThat(Identity.load(there).secret(Purpose.FED)).isPresent();
            assertWhole(there);
        }
    }

    @Test
    void aLostOnlineKeyIsRecoveredAndTheOwnerLetIn() throws IOException {
        Files.delete(data.resolve("log-key"));
        assertThatThrownBy(() -> started(data)).hasMessageContaining("identity recover");

        var report = admin.recover(data, List.of(recoveryKey()), true, true);

        String code = report.path("link").asText().replaceFirst(".*code=", "");
        assertThat(Instant.parse(report.path("expiresAt").asText())).isAfter(Instant.EPOCH);
        try (var server = server(data)) {
            server.start();
            String session = server.access().signIn(code);
            assertThat(server.access().bySession(session))
                    .hasValueSatisfying(
                            who -> assertThat(who.name()).isEqualTo(report.path("owner").asText()));
            assertThat(code(() -> server.access().signIn(code))).isEqualTo("link-unusable");
        }
        assertWhole(data);
    }

    /// Those of a device that somebody else has now.
    @Test
    void lettingTheOwnerInEndsAllSessionsAndKeepsTheKeys() {
        String session;
        try (var server = server(data)) {
            server.start();
            session = server.access().signIn(server.access().newLink(server.owner()));
        }

        var report = admin.recover(data, List.of(recoveryKey()), false, true);

        assertThat(report.path("keys")).isEmpty();
        assertThat(KeyHistory.read(data).log().entries()).isEmpty();
        try (var server = server(data)) {
            server.start();
            assertThat(server.access().bySession(session)).isEmpty();
        }
    }

    @Test
    void withoutEnoughRecoveryKeysNobodyIsLetIn() throws IOException {
        var stranger = folder.resolve("stranger");
        SecretKey.generate(new SecureRandom()).store(stranger, "somebody's");

        assertThat(code(() -> admin.recover(data, List.of(stranger), true, true)))
                .isEqualTo("key-log-threshold");
        assertThat(code(() -> admin.recover(data, List.of(stranger), false, true)))
                .isEqualTo("key-log-threshold");
        assertThat(KeyHistory.read(data).log().entries()).isEmpty();
    }

    @Test
    void aRunningServerIsNotChangedBehindItsBack() {
        try (var server = server(data)) {
            server.start();
            assertThat(code(() -> admin.recover(data, List.of(recoveryKey()), true, true)))
                    .isEqualTo("data-in-use");
            assertThat(code(() -> admin.renewKey(data, "log"))).isEqualTo("data-in-use");
        }
    }

    @Test
    void theDoctorAdvisesToRemoveARecoveryKeyThatWasReplaced() throws IOException {
        assertThat(names(admin.doctor(data).path("examinations")))
                .singleElement()
                .asString()
                .startsWith("mv ");
        var log = KeyHistory.read(data).log();
        var entry =
                new KeyLogEntries(log, Instant.EPOCH, List.of(SecretKey.load(recoveryKey())))
                        .recovery(List.of(SecretKey.generate(new SecureRandom())), 1);

        admin.acceptRecovery(data, Json.mapper().valueToTree(entry));

        assertThat(names(admin.doctor(data).path("examinations")))
                .containsExactly("rm " + recoveryKey());
        assertThat(code(() -> admin.recover(data, List.of(recoveryKey()), true, true)))
                .isEqualTo("key-log-threshold");
        assertWhole(data);
    }

    @Test
    void everySecretIsReadableByItsOwnerOnly() throws IOException {
        admin.renewKey(data, "log");
        admin.renewKey(data, "fed");
        admin.renewKey(data, "fed");

        for (String key : List.of("log-key", "fed-key", "recovery-key")) {
            assertThat(Files.getPosixFilePermissions(data.resolve(key)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(data.resolve("log-key.new")).doesNotExist();
    }
}
