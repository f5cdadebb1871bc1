package aramaki.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.Refusal;
import aramaki.server.store.StoreSettings;
import aramaki.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keeps a server from using a database, in words that help.
class PostgresStartTest {
    @TempDir private Path folder;
    private final Postgres postgres = Postgres.expendable();

    private static void assertRefused(StoreSettings.Postgres settings, String... words) {
        var refused =
                assertThatThrownBy(() -> PostgresStore.open(settings).close())
                        .isInstanceOf(Refusal.class);
        for (String word : words) {
            refused.hasMessageContaining(word);
        }
    }

    private StoreSettings.Postgres named(String database) {
        var any = postgres.database();
        return StoreSettings.Postgres.at(any.url().replace(any.name(), database))
                .as(any.user())
                .withPasswordFile(any.passwordFile());
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        assertRefused(named("nowhere"), "/nowhere cannot be used", "\"nowhere\" does not exist");
    }

    @Test
    void aWrongPasswordIsSaidAndNotRepeated() throws Exception {
        var wrong = Files.writeString(folder.resolve("password"), "guessed\n");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
        var settings = PostgresBackend.settings(postgres.database()).withPasswordFile(wrong);
        assertRefused(settings, "password authentication failed for user \"aramaki\"");
        assertThatThrownBy(() -> PostgresStore.open(settings).close())
                .hasMessageNotContaining("guessed");
    }

    @Test
    void aPasswordThatOthersCanReadIsRefused() throws Exception {
        var open = Files.writeString(folder.resolve("password"), "secret\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(
                PostgresBackend.settings(postgres.database()).withPasswordFile(open),
                "others can read the password of the store: chmod 600 " + open);
    }

    @Test
    void aDatabaseOfAnotherEncodingIsRefusedWithOneThatWouldDo() {
        postgres.database(); // has the role made
        postgres.sql(
                "create database latin owner aramaki template template0 encoding 'LATIN1'"
                        + " locale 'C'");
        assertRefused(
                named("latin"),
                "has the encoding LATIN1",
                "create database NAME owner ROLE template template0 encoding 'UTF8' locale 'C'");
    }

    @Test
    void aDatabaseThatLosesWhatItConfirmsIsRefused() {
        var settings = PostgresBackend.settings(postgres.database());
        fsync("off");
        try {
            assertRefused(settings, "fsync = off");
        } finally {
            fsync("on");
        }
    }

    private void fsync(String wanted) {
        postgres.sql("alter system set fsync = " + wanted);
        postgres.sql("select pg_reload_conf()");
        await().until(() -> postgres.sql("show fsync").equals(wanted));
    }

    @Test
    void commitsAreSynchronousWhateverTheDatabaseIsSetTo() {
        var database = postgres.database();
        postgres.sql("alter database " + database.name() + " set synchronous_commit = off");
        try (var store = PostgresStore.open(PostgresBackend.settings(database))) {
            String setting =
                    store.write(
                            tx ->
                                    SqlTx.handle(tx)
                                            .createQuery("show synchronous_commit")
                                            .mapTo(String.class)
                                            .one());
            assertThat(setting).isEqualTo("on");
        }
    }

    @Test
    void aDatabaseThatTakesNoWritesIsRefused() {
        var database = postgres.database();
        postgres.sql(
                "alter database " + database.name() + " set default_transaction_read_only = on");
        assertRefused(PostgresBackend.settings(database), "takes no writes");
    }
}
