package aramaki.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.grant.Network;
import aramaki.server.ServerSettings;
import aramaki.server.http.Listening;
import aramaki.server.oidc.Organisation;
import aramaki.server.store.StoreSettings;
import aramaki.server.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        return read(environment, Map.of());
    }

    private ServerSettings read(Map<String, String> environment, Map<String, String> options) {
        var defaults = ServerSettings.of(folder, 0, Optional.empty());
        return SettingsReader.read(defaults, Optional.empty(), environment, options);
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
        var option = Map.of("--store", "postgresql://option:7/a");
        assertThat(postgres(read(environment, option)).host()).isEqualTo("option");
        assertThat(postgres(read(environment, option)).user()).isEqualTo("env");
    }

    @Test
    void whereToListenIsAListInTheFileAndStandsBetweenCommasElsewhere() throws IOException {
        file(
                "listen: [\"192.0.2.7:443\", \"[2001:db8::7]:443\"]",
                "tlsCertificate: /c.pem",
                "tlsKey: /k.pem",
                "httpRedirectPort: 80",
                "publicUrl: https://ops.example.org/",
                "behindProxy: [127.0.0.1, \"::1\", 10.0.0.0/8]");
        var listening = read(Map.of()).listening();
        assertThat(listening)
                .isEqualTo(
                        new Listening(
                                List.of(
                                        Listening.address("192.0.2.7:443"),
                                        Listening.address("[2001:db8::7]:443")),
                                Optional.of(new TlsFiles(Path.of("/c.pem"), Path.of("/k.pem"))),
                                Optional.of(80),
                                Optional.of(URI.create("https://ops.example.org")),
                                List.of(
                                        Network.parse("127.0.0.1"),
                                        Network.parse("::1"),
                                        Network.parse("10.0.0.0/8"))));
        var environment =
                Map.of("ARAMAKI_LISTEN", "127.0.0.2:1, 127.0.0.3:2", "ARAMAKI_BEHIND_PROXY", "::1");
        assertThat(read(environment).listening().addresses())
                .containsExactly(
                        Listening.address("127.0.0.2:1"), Listening.address("127.0.0.3:2"));
        assertThat(read(environment).listening().proxies()).containsExactly(Network.parse("::1"));
        var options = Map.of("--listen", "127.0.0.4:3", "--http-redirect-port", "8080");
        assertThat(read(environment, options).listening().addresses())
                .containsExactly(Listening.address("127.0.0.4:3"));
        assertThat(read(environment, options).listening().redirectPort()).hasValue(8080);
    }

    @Test
    void whatIsWrongAboutListeningIsSaidWithItsPlace() throws IOException {
        file("listen: [\"ops.example.org:443\"]", "tlsKey: /k.pem", "httpRedirectPort: 70000");
        var options = Map.of("--behind-proxy", "127.0.0.1,proxy", "--public-url", "ops");
        assertThatThrownBy(() -> read(Map.of(), options))
                .hasMessageContaining("aramaki.yaml:1: listen[0]: \"ops.example.org:443\" is no")
                .hasMessageContaining("aramaki.yaml:2: tlsKey: is of no use alone; set tlsCertif")
                .hasMessageContaining("aramaki.yaml:3: httpRedirectPort: is \"70000\"; write")
                .hasMessageContaining("--behind-proxy: \"proxy\" is no network: write")
                .hasMessageContaining("--public-url: \"ops\" is no address for people and agents");
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
        assertThatThrownBy(() -> SettingsReader.read(defaults, named, Map.of(), Map.of()))
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

    @Test
    void organisationsAreReadFromTheFile() throws IOException {
        file(
                "oidc:",
                "  - name: Muster GmbH",
                "    issuer: https://login.example.org/realms/muster",
                "    clientId: aramaki",
                "    clientSecretFile: /etc/aramaki/oidc-secret",
                "  - {name: Lab, issuer: \"http://localhost:9000\", clientId: lab,"
                        + " clientSecretFile: /x}");
        assertThat(read(Map.of()).organisations())
                .containsExactly(
                        new Organisation(
                                "Muster GmbH",
                                URI.create("https://login.example.org/realms/muster"),
                                "aramaki",
                                Path.of("/etc/aramaki/oidc-secret")),
                        new Organisation(
                                "Lab", URI.create("http://localhost:9000"), "lab", Path.of("/x")));
    }

    @Test
    void everythingThatIsWrongWithAnOrganisationIsSaid() throws IOException {
        file(
                "oidc:",
                "  - name: Muster",
                "    issuer: http://login.example.org",
                "    clientId: aramaki",
                "    clientSecretFile: /x",
                "  - {name: Lab, clientSecret: s3cret, issuer: \"https://a.example\"}",
                "  - {name: A, issuer: \"https://b.example\", clientId: a, clientSecretFile: /x}",
                "  - {name: A, issuer: \"https://c.example\", clientId: a, clientSecretFile: /x}");
        assertThatThrownBy(() -> read(Map.of()))
                .hasMessageContaining(":2: oidc[0]: \"http://login.example.org\" is no issuer")
                .hasMessageContaining(":6: oidc[1].clientSecret: is no key we know")
                .hasMessageContaining(":6: oidc[1].clientId: is missing")
                .hasMessageContaining(":6: oidc[1].clientSecretFile: is missing")
                .hasMessageContaining(":8: oidc[3]: has the name or the issuer of another")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void organisationsDoNotFitIntoTheEnvironment() {
        assertThatThrownBy(() -> read(Map.of("ARAMAKI_OIDC", "https://login.example.org")))
                .hasMessageContaining("ARAMAKI_OIDC: is text; write a list");
    }
}
