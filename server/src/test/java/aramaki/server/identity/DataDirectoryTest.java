package aramaki.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.SecretKey;
import aramaki.server.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose the data is, and what it is not taken for.
class DataDirectoryTest {
    @TempDir private Path parent;
    private final SecureRandom random = new SecureRandom();
    private Path data;

    @BeforeEach
    void name() {
        data = parent.resolve("deep/data");
    }

    @Test
    void aNewOneIsForItsOwnerOnly() throws Exception {
        try (var taken = DataDirectory.take(data)) {
            assertThat(taken.path()).isEqualTo(data);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void twoServersDoNotShareOne() {
        try (var taken = DataDirectory.take(data)) {
            assertThat(taken).isNotNull();
            assertRefused("data-in-use", () -> DataDirectory.take(data));
        }
        DataDirectory.take(data).close(); // free again
    }

    @Test
    void oneOfANewerVersionIsLeftAlone() throws Exception {
        Files.createDirectories(data);
        for (String layout : new String[] {"2\n", "999999", "x", "-1"}) {
            Files.writeString(data.resolve("layout"), layout);
            assertRefused("data-too-new", () -> DataDirectory.take(data));
            assertThat(data.resolve("layout")).hasContent(layout);
        }
    }

    @Test
    void aFirstStartThatEndedInTheMiddleIsNoNewerVersion() throws Exception {
        Files.createDirectories(data);
        Files.createFile(data.resolve("layout"));
        DataDirectory.take(data).close();
        assertThat(data.resolve("layout")).hasContent("1");
    }

    @Test
    void anIdentityIsMadeOnceAndReadFromThenOn() throws Exception {
        Files.createDirectories(data);
        var first = Identity.loadOrCreate(data, TestClock.START, random);
        var again = Identity.loadOrCreate(data, TestClock.START.plusSeconds(9), random);
        assertThat(again.id()).isEqualTo(first.id());
        for (String key : new String[] {"log-key", "recovery-key"}) {
            var mode = Files.getPosixFilePermissions(data.resolve(key));
            assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
        }
        assertThat(Files.readString(data.resolve("recovery-key"))).contains("MOVE THIS FILE OFF");
    }

    @Test
    void aFirstStartThatEndedBeforeTheDocumentBeginsAnew() throws Exception {
        Files.createDirectories(data);
        Identity.loadOrCreate(data, TestClock.START, random);
        Files.delete(data.resolve("genesis.json"));
        var identity = Identity.loadOrCreate(data, TestClock.START, random);
        assertThat(Identity.load(data).id()).isEqualTo(identity.id());
    }

    /// A new identity would delete the keys that are left, and verify nothing of what is there.
    @Test
    void aStoreWithoutItsIdentityIsNotGivenANewOne() throws Exception {
        Files.createDirectories(data);
        Identity.loadOrCreate(data, TestClock.START, random);
        var recoveryKey = Files.readString(data.resolve("recovery-key"));
        Files.delete(data.resolve("genesis.json"));
        Files.createFile(data.resolve(DataDirectory.STORE));
        assertRefused(
                "identity-missing", () -> Identity.loadOrCreate(data, TestClock.START, random));
        assertThat(data.resolve("recovery-key")).hasContent(recoveryKey);
    }

    @Test
    void aLogKeyOfAnotherInstanceIsRefused() throws Exception {
        Files.createDirectories(data);
        Identity.loadOrCreate(data, TestClock.START, random);
        Files.delete(data.resolve("log-key"));
        SecretKey.generate(random).store(data.resolve("log-key"), "another");
        assertRefused("wrong-log-key", () -> Identity.load(data));
    }

    private static void assertRefused(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }
}
