package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes wrong becomes a number for scripts, and for people what, why and how to fix it.
class RefusedTest {
    @TempDir Path home;
    private final CannedServer server = CannedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"400,3", "401,4", "403,3", "404,3", "409,3", "422,3", "429,3", "500,1", "503,1"})
    void anAnswerBecomesAnExitCode(int status, int exit) {
        server.refuses("GET /systems", status, "some-code", "the reason is this");

        var ran = Keyboard.script(home).asking(server).run("system", "list");

        assertThat(ran.exit()).isEqualTo(exit);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("the reason is this").doesNotContain("Exception");
    }

    @Test
    void aStrangerIsToldHowToSignIn() {
        server.refuses("GET /whoami", 401, "unauthenticated", "no token was sent");

        var ran = Keyboard.script(home).asking(server).run("whoami");

        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.err().lines().toList())
                .last()
                .asString()
                .contains("aramaki login --server " + server.url());
    }

    @Test
    void aMissingSystemIsNamedWithWhereToLook() {
        server.refuses("GET /systems/x", 404, "not-found", "there is no system x");

        var ran = Keyboard.script(home).asking(server).run("system", "show", "x");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err())
                .isEqualTo("✖ there is no system x\n  what there is: aramaki system list\n");
    }

    @Test
    void aRefusedConnectionSaysWhereAndHowToStartAServer() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        var ran =
                Keyboard.script(home).run("system", "list", "--server", "http://127.0.0.1:" + port);

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("http://127.0.0.1:" + port);
        assertThat(ran.err().lines().toList()).last().asString().contains("./aramaki up");
    }

    @Test
    void anUnknownHostIsAFailure() {
        var ran = Keyboard.script(home).run("whoami", "--server", "http://nowhere.invalid:1");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("nowhere.invalid");
    }

    @Test
    void anotherKindOfServerIsRecognised() {
        server.answers("GET /systems", 200, "text/html", "<html>Welcome</html>");

        var ran = Keyboard.script(home).asking(server).run("system", "list", "--json");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("does not answer like an Aramaki server");
    }

    @Test
    void aRedirectIsNotFollowedWithOurToken() {
        server.answers("GET /systems", 302, "text/plain", "");

        var ran = Keyboard.script(home).asking(server).run("system", "list");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("we do not follow");
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "systen list,             system",
        "system lisst,            list",
        "system list --sevrer x,  --server",
    })
    void aTypingMistakeGetsASuggestion(String typed, String suggestion) {
        var ran = Keyboard.script(home).run(typed.split(" "));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines().toList())
                .last()
                .asString()
                .contains("did you mean")
                .contains(suggestion);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "system",
        "system show",
        "alert list --state broken",
        "alert list --limit 0",
        "alert show only-a-word",
        "check show a/b/c",
        "timeline list --since yesterday",
        "agent invite --expires soon",
        "system show ..",
        "whoami --server ftp://x",
        "help nothing-like-this",
    })
    void wrongUsageIsTwo(String typed) {
        var ran =
                Keyboard.script(home)
                        .asking(server)
                        .run(typed.isEmpty() ? new String[0] : typed.split(" "));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(server.asked()).isEmpty();
    }
}
