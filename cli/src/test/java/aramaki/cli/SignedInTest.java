package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.cli.api.Profile;
import aramaki.cli.api.Profiles;
import aramaki.cli.api.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which server is asked, and as whom.
class SignedInTest {
    private static final String ME =
            "{\"person\":\"ada\",\"name\":\"Ada\",\"role\":\"owner\",\"instance\":\"i_1\",\"version\":\"0.1\"}";

    @TempDir Path home;
    private final CannedServer server = CannedServer.start().answers("GET /whoami", ME);

    @AfterEach
    void stop() {
        server.close();
    }

    private Profiles profiles() {
        return Profiles.of(Map.of("HOME", home.toString()));
    }

    private void keep(String url, String token) {
        profiles().write(new Profile(ServerUrl.parse(url), token));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8700,      localhost-8700.json",
        "http://127.0.0.1:8700/,     localhost-8700.json",
        "http://[::1]:8700,          localhost-8700.json",
        "localhost:8700,             localhost-8700.json",
        "https://Ops.example.org,    ops.example.org-443.json",
        "http://ops.example.org,     ops.example.org-80.json",
        "http://[fe80::1]:81,        fe80__1-81.json",
    })
    void aProfileIsFiledByHostAndPort(String url, String file) {
        assertThat(profiles().file(ServerUrl.parse(url)))
                .isEqualTo(home.resolve(".config/aramaki/profiles/" + file));
    }

    @Test
    void aProfileIsReadableByItsOwnerOnlyAndComesBack() throws IOException {
        keep("http://localhost:8700", "old");
        keep("http://127.0.0.1:8700", "new");

        var file = profiles().file(ServerUrl.DEFAULT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(profiles().folder())))
                .isEqualTo("rwx------");
        assertThat(profiles().all()).hasSize(1);
        assertThat(profiles().find(ServerUrl.DEFAULT).map(Profile::token)).contains("new");
        assertThat(profiles().only().map(Profile::toString).orElse("")).doesNotContain("new");
        try (var left = Files.list(profiles().folder())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void theXdgFolderIsUsedWhenItIsAbsolute() {
        assertThat(Profiles.of(Map.of("HOME", "/h", "XDG_CONFIG_HOME", "/x")).folder())
                .isEqualTo(Path.of("/x/aramaki/profiles"));
        assertThat(Profiles.of(Map.of("HOME", "/h", "XDG_CONFIG_HOME", "x")).folder())
                .isEqualTo(Path.of("/h/.config/aramaki/profiles"));
    }

    @Test
    void theOnlyProfileIsUsedWithoutBeingNamed() {
        keep("http://localhost:" + server.port(), "t1");

        var ran = Keyboard.script(home).run("whoami");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("person\tada\n");
        assertThat(server.lastAsked().token()).isEqualTo("Bearer t1");
    }

    @Test
    void theNamesOfThisHostShareAProfile() {
        keep("http://localhost:" + server.port(), "t1");
        keep("http://other.example:1", "t2");

        Keyboard.script(home).run("whoami", "--server", server.url());

        assertThat(server.lastAsked().token()).isEqualTo("Bearer t1");
    }

    @Test
    void aServerNeverGetsTheTokenOfAnother() {
        keep("http://other.example:1", "t2");

        Keyboard.script(home).asking(server).run("whoami");

        assertThat(server.lastAsked().token()).isEmpty();
    }

    @Test
    void theOptionWinsOverTheEnvironmentAndTheEnvironmentOverTheProfile() {
        keep("http://other.example:1", "t2");
        var wrong = Keyboard.script(home).with("ARAMAKI_SERVER", "http://wrong.invalid");

        assertThat(wrong.run("--server", server.url(), "whoami").exit()).isZero();
        assertThat(wrong.run("whoami").err()).contains("wrong.invalid");
    }

    @Test
    void withSeveralProfilesTheUsualServerIsAsked() {
        keep("http://a.example:1", "t1");
        keep("http://b.example:1", "t2");

        var shell =
                Keyboard.script(home)
                        .shell(
                                new java.io.ByteArrayOutputStream(),
                                new java.io.ByteArrayOutputStream(),
                                false);

        assertThat(shell.server()).isEqualTo(ServerUrl.DEFAULT);
    }

    @Test
    void aTokenFileWinsOverTheProfile() throws IOException {
        keep(server.url(), "t1");
        Path file = Files.writeString(home.resolve("token"), "t9\n");

        Keyboard.script(home).run("whoami", "--token-file", file.toString());
        assertThat(server.lastAsked().token()).isEqualTo("Bearer t9");
        Keyboard.script(home).with("ARAMAKI_TOKEN_FILE", file.toString()).run("whoami");
        assertThat(server.lastAsked().token()).isEqualTo("Bearer t9");
    }

    @Test
    void aTokenFileThatHoldsNoTokenIsExplained() throws IOException {
        Path empty = Files.writeString(home.resolve("empty"), "\n");
        Path lines = Files.writeString(home.resolve("lines"), "a\nb\n");

        for (Path file : new Path[] {empty, lines, home.resolve("absent")}) {
            var ran =
                    Keyboard.script(home)
                            .asking(server)
                            .run("whoami", "--token-file", file.toString());
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains(file.toString());
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aProfileThatOthersCanReadIsNotUsed() throws IOException {
        keep(server.url(), "t1");
        var file = profiles().file(ServerUrl.parse(server.url()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        var ran = Keyboard.script(home).run("whoami");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("others may read it");
    }

    @Test
    void aDamagedProfileIsNamedWithTheWayOut() throws IOException {
        keep(server.url(), "t1");
        var file = profiles().file(ServerUrl.parse(server.url()));
        Files.writeString(file, "{\"server\":");

        var ran = Keyboard.script(home).asking(server).run("whoami");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains(file.toString()).contains("aramaki login");
    }

    @Test
    void signingInChecksTheTokenBeforeItIsKept() {
        var script = Keyboard.script(home).asking(server);

        var ran = script.typing("secret-1\n").run("login");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("signed in at " + server.url() + " as Ada");
        assertThat(ran.out() + ran.err()).doesNotContain("secret-1");
        assertThat(profiles().only().map(Profile::token)).contains("secret-1");
    }

    @Test
    void aLinkForABrowserIsPrintedAlone() {
        keep(server.url(), "t1");
        server.answers(
                "POST /sign-in-links",
                "{\"link\":\"http://localhost:1/sign-in?code=c\",\"expiresAt\":\"2026-11-22T03:15:00Z\"}");

        var ran = Keyboard.script(home).asking(server).run("login", "--link");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out().strip()).isEqualTo("http://localhost:1/sign-in?code=c");
        assertThat(ran.err()).contains("works once");
    }

    @Test
    void aRefusedTokenIsNotKept() {
        try (var strict = CannedServer.start()) {
            strict.refuses("GET /whoami", 401, "unauthenticated", "we do not know this token");

            var ran = Keyboard.script(home).asking(strict).typing("wrong\n").run("login");

            assertThat(ran.exit()).isEqualTo(4);
            assertThat(profiles().all()).isEmpty();
        }
    }

    @Test
    void signingInWithNothingToReadIsWrongUsage() {
        assertThat(Keyboard.script(home).asking(server).run("login").exit()).isEqualTo(2);
        assertThat(Keyboard.person(home).asking(server).run("login", "--no-input").exit())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }
}
