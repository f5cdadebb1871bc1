package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asking who did what and who looked at what, as typed.
class AuditTest {
    private static final String GRANT =
            "9f2c1e07b4d85a6630cf7715e2ab9d4486f0c3b1d7e95a2f4c8b6e1037d9a5f2";
    private static final String VIA =
            "\"via\":{\"credential\":\"0a1b\",\"method\":\"GET\",\"path\":\"/s/{system}\","
                    + "\"parameters\":{\"system\":\"shop\"},\"filters\":[],\"status\":200}";
    private static final String ITEM =
            "{\"kind\":\"look\",\"id\":\"7\",\"at\":\"2026-03-01T11:00:00Z\",\"times\":12,"
                    + "\"name\":\"bo\",\"grant\":\""
                    + GRANT
                    + "\",\"from\":\"192.0.2.7\",\"system\":\"shop\","
                    + VIA
                    + ",\"event\":{\"type\":\"note.added\",\"text\":\"bo noted\"}}";
    private static final String BEGIN = "{\"kind\":\"export\",\"v\":1}\n";
    private static final String END = "{\"kind\":\"end\",\"acts\":0,\"looks\":1,\"heads\":0}\n";

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
    void actsSayWhoDidWhatFromWhereByWhichGrant() {
        server.answers("GET /audit", "{\"items\":[" + ITEM + "],\"next\":null}");

        var ran = script().run("audit", "list", "--person", "bo", "--since", "1h");

        assertThat(server.lastAsked().line())
                .contains("person=bo", "since=2026-03-01T11%3A00%3A00Z");
        assertThat(ran.out())
                .isEqualTo(
                        "2026-03-01T11:00:00Z\tbo\tshop\tnote.added\tbo noted\t192.0.2.7\t9f2c1e07\n");
    }

    @Test
    void looksSayWhatWasLookedAtAndHowOften() {
        server.answers("GET /audit", "{\"items\":[" + ITEM + "],\"next\":null}");

        var ran = script().run("audit", "list", "--kind", "looks");

        assertThat(server.lastAsked().line()).contains("kind=looks");
        assertThat(ran.out()).contains("\t12\tbo\tGET\t/s/{system}\tsystem=shop\t200\t192.0.2.7\t");
    }

    @Test
    void anExportIsPrintedLineByLine() {
        server.answers("GET /audit/export", 200, "application/jsonl", BEGIN + ITEM + "\n" + END);

        var ran = script().run("audit", "export");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo(BEGIN + ITEM + "\n" + END);
        assertThat(ran.err()).contains("0 acts, 1 looks");
    }

    @Test
    void anExportThatWasCutOffFails() {
        server.answers("GET /audit/export", 200, "application/jsonl", BEGIN + ITEM + "\n");

        var ran = script().run("audit", "export");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("the export was cut off");
    }

    @Test
    void whoMayNotIsTold() {
        server.refuses("GET /audit/export", 403, "no-grant", "bo may not");

        var ran = script().run("audit", "export");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("bo may not");
        assertThat(script().run("audit", "list", "--kind", "all").exit()).isEqualTo(2);
    }
}
