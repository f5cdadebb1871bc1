package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `aramaki watch` without a terminal that could show it live.
@Timeout(30)
class WatchOnceTest {
    @TempDir Path home;
    private final CannedServer server = CannedServer.start();

    @BeforeEach
    void answer() {
        server.answers(
                        "GET /alerts",
                        """
                        {"items":[{"key":"shop/web1/http","system":"shop","entity":"web1",
                        "check":"http","state":"firing","severity":"critical",
                        "since":"2026-03-01T11:57:00Z","output":"refused\\u001b[2J"}]}""")
                .answers(
                        "GET /systems",
                        """
                        {"items":[{"name":"shop","title":"Shop","state":"critical",
                        "counts":{"critical":1,"ok":3},"subsystems":[]}]}""")
                .answers("GET /systems/shop", "{\"name\":\"shop\"}")
                .answers(
                        "GET /events",
                        """
                        {"items":[{"id":"e1","system":"shop","type":"note.added",
                        "at":"2026-03-01T11:00:00Z","recordedAt":"2026-03-01T11:00:00Z",
                        "text":"hello"}]}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void onceIsOnePlainScreen() {
        var ran = Keyboard.script(home).asking(server).run("watch", "shop", "--once");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .startsWith("aramaki 127.0.0.1:" + server.port() + "  1 firing  systems ✖1\n")
                .contains("✖ critical  http on web1  shop  3m  refused␛[2J\n")
                .contains("  shop  ✖ critical  ✖1 ✔3")
                .contains("  11:00:00  shop  hello\n")
                .doesNotContain("\u001b");
    }

    @Test
    void onceAsJsonIsOneDocument() {
        var ran = Keyboard.script(home).asking(server).run("watch", "--once", "--json=alerts");

        assertThat(ran.out()).startsWith("{").contains("shop/web1/http");
    }

    @Test
    void withoutATerminalItSaysWhatWouldBeRight() {
        var ran = Keyboard.script(home).asking(server).run("watch");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("needs a terminal").contains("aramaki watch --once");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aSystemThatIsNotThereIsRefused() {
        var ran = Keyboard.script(home).asking(server).run("watch", "shpo", "--once");

        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void aDumbTerminalGetsLinesAndNothingItCouldNotShow() {
        server.streams(
                        """
                        {"id":"e2","system":"shop","type":"note.added",
                        "at":"2026-03-01T12:00:00Z","recordedAt":"2026-03-01T12:00:00Z","text":"new \\u001b[31m✖"}"""
                                .replace("\n", ""))
                .refuses("GET /stream", 401, "unauthenticated", "this token was revoked");

        var ran = Keyboard.person(home).asking(server).with("TERM", "dumb").run("watch");

        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.out())
                .contains("X critical  http on web1")
                .contains("12:00:00  shop  new ?[31mX")
                .contains("--- NOT LIVE since")
                .matches("[\\x20-\\x7e\\n]*");
    }
}
