package aramaki.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.ServerSettings;
import aramaki.server.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final String URL = "postgresql://db.example.org/aramaki";

    @TempDir Path folder;

    private ServerSettings read(Map<String, String> environment) {
        return read(environment, Optional.empty());
    }

    private ServerSettings read(Map<String, String> environment, Optional<String> store) {
        var defaults = ServerSettings.of(folder, 0, Optional.empty());
        return SettingsReader.read(defaults, Optional.empty(), environment, store);
    }

    private void file(String... lines) throws IOException {
        Files.writeString(folder.resolve("aramaki.yaml"), String.join("\n", lines) + "\n");
    }

    private static StoreSettings.Postgres postgres(ServerSettings settings) {
        return (StoreSettings.Postgres) settings.store();
    }

    @Test
    void withoutAnythingSaidItIsAllDefault() {
        assertThat(read(Map.of())).isEqualTo(ServerSettings.of(folder, 0, Optional.empty()));
    }

    @Test
    void aFileInTheDataDirectoryIsRead() throws IOException {
        file(
                "store: " + URL + "?sslmode=verify-full",
                "storeUser: watcher",
                "storePasswordFile: /etc/aramaki/password",
                "storePool: 4",
                "storeStatementTimeout: 10s",
                "keepResults: 14d",
                "keepFiveMinutes: 60d",
                "keepHours: 800d",
                "keepAccess: 30d",
                "heartbeatUrl: https://hc.example.org/secret",
                "heartbeatEvery: 2m");
        var settings = read(Map.of());
        assertThat(settings.store())
                .isEqualTo(
                        new StoreSettings.Postgres(
                                "db.example.org",
                                5432,
                                "aramaki",
                                "watcher",
                                Optional.of(Path.of("/etc/aramaki/password")),
                                Map.of("sslmode", "verify-full"),
                                4,
                                Duration.ofSeconds(10)));
        assertThat(settings.keepResults()).isEqualTo(Duration.ofDays(14));
        assertThat(settings.keepFiveMinutes()).isEqualTo(Duration.ofDays(60));
        assertThat(settings.keepHours()).isEqualTo(Duration.ofDays(800));
        assertThat(settings.keepAccess()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.heartbeat().orElseThrow().every()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void anOptionStandsAboveTheEnvironmentAndThatAboveTheFile() throws IOException {
        file("store: postgresql://file/a", "storeUser: file", "keepResults: 1d");
        assertThat(postgres(read(Map.of())).host()).isEqualTo("file");
        var environment =
                Map.of("ARAMAKI_STORE", "postgresql://environment/a", "ARAMAKI_STORE_USER", "env");
        assertThat(postgres(read(environment)).host()).isEqualTo("environment");
        assertThat(postgres(read(environment)).user()).isEqualTo("env");
        assertThat(read(environment).keepResults()).isEqualTo(Duration.ofDays(1));
        var option = Optional.of("postgresql://option:7/a");
        assertThat(postgres(read(environment, option)).host()).isEqualTo("option");
        assertThat(postgres(read(environment, option)).user()).isEqualTo("env");
    }

    @Test
    void aVariableThatIsEmptyIsNotSet() {
        assertThat(read(Map.of("ARAMAKI_STORE", " ")).store())
                .isEqualTo(new StoreSettings.Embedded());
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsPlace() throws IOException {
        file("store: mysql://db/a", "keepResult: 1d", "storePool: many", "keepHours: 5");
        assertThatThrownBy(() -> read(Map.of("ARAMAKI_KEEP_RESULTS", "soon")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        folder.resolve("aramaki.yaml")
                                + ":2: keepResult: is no key we know; did you mean keepResults?")
                .hasMessageContaining("aramaki.yaml:1: store: \"mysql://db/a\" is no store; write")
                .hasMessageContaining("aramaki.yaml:4: keepHours: is 5 without a unit")
                .hasMessageContaining("ARAMAKI_KEEP_RESULTS: is \"soon\", not a duration");
    }

    @Test
    void whatIsForPostgresIsRefusedWithTheEmbeddedStore() throws IOException {
        file("storeUser: aramaki");
        assertThatThrownBy(() -> read(Map.of()))
                .hasMessageContaining(
                        "aramaki.yaml:1: storeUser: is for PostgreSQL, and the store is sqlite");
    }

    @Test
    void aFileThatWasNamedMustBeThere() {
        var named = Optional.of(folder.resolve("other.yaml"));
        var defaults = ServerSettings.of(folder, 0, Optional.empty());
        assertThatThrownBy(() -> SettingsReader.read(defaults, named, Map.of(), Optional.empty()))
                .hasMessageContaining("other.yaml:1: file: cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://aramaki:secret@db/a, holds a user or a password",
        "postgresql://db, is no store",
        "postgresql://db/a/b, is no store",
        "postgres://db/a, is no store",
        "postgresql://db/a?password=x, after the ? there may be",
        "postgresql://db/a?sslmode=maybe, after the ? there may be",
    })
    void anAddressThatIsNoneIsRefused(String address, String why) {
        assertThatThrownBy(() -> read(Map.of("ARAMAKI_STORE", address)))
                .hasMessageContaining("ARAMAKI_STORE: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }
}
