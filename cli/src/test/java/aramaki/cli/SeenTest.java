package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is new, and who else has it open.
class SeenTest {
    private static final String ALERT =
            "{\"key\":\"shop/web1/http\",\"state\":\"firing\",\"severity\":\"critical\",\"system\":\"shop\","
                    + "\"entity\":\"web1\",\"check\":\"http\",\"since\":\"2026-03-01T11:57:00Z\","
                    + "\"output\":\"refused\",\"new\":true,"
                    + "\"openBy\":[{\"person\":\"ada\",\"since\":\"2026-03-01T11:58:00Z\"}]}";

    @TempDir Path home;
    private final CannedServer server =
            CannedServer.start()
                    .answers("GET /alerts", "{\"items\":[" + ALERT + "],\"next\":null}")
                    .answers("GET /alerts/shop/web1/http", ALERT)
                    .answers("GET /seen", "{\"position\":42,\"home\":null}")
                    .answers("PUT /seen", "{\"position\":43}");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPersonSeesWhatIsNewAndWhoHasItOpenAndAProgramKeepsItsColumns() {
        assertThat(Keyboard.person(home).asking(server).run("alert", "list").out())
                .contains("NEW", "OPEN BY")
                .contains("new  ada (2m ago)  refused");
        assertThat(Keyboard.script(home).asking(server).run("alert", "list").out())
                .isEqualTo("firing\tcritical\tshop\tweb1\thttp\t2026-03-01T11:57:00Z\trefused\n");
    }

    @Test
    void oneAlertSaysWhoHasItOpen() {
        assertThat(
                        Keyboard.script(home)
                                .asking(server)
                                .run("alert", "show", "shop/web1/http")
                                .out())
                .contains("openBy\tada=2026-03-01T11:58:00Z");
    }

    @Test
    void lookingMarksNothing() {
        Keyboard.script(home).asking(server).run("alert", "list", "--new");

        assertThat(server.lastAsked().line())
                .isEqualTo("GET /alerts?state=open&new=true&limit=1000");
    }

    @Test
    void seenMarksUpToWhereTheLogWasBeforeTheList() {
        var ran = Keyboard.script(home).asking(server).run("alert", "list", "--new", "--seen");

        assertThat(ran.exit()).isZero();
        assertThat(server.asked().stream().map(CannedServer.Asked::line))
                .containsExactly(
                        "GET /seen", "GET /alerts?state=open&new=true&limit=1000", "PUT /seen");
        assertThat(server.lastAsked().body()).isEqualTo("{\"upTo\":42}");
        assertThat(ran.err()).contains("marked as seen: everything");
    }

    @Test
    void seenOfASystemMarksThatSystem() {
        Keyboard.script(home).asking(server).run("alert", "list", "--system", "shop", "--seen");

        assertThat(server.lastAsked().body()).contains("\"system\":\"shop\"", "\"upTo\":42");
    }

    @Test
    void whoamiSaysWhenOneLooked() {
        server.answers(
                "GET /whoami",
                "{\"person\":\"p_1\",\"name\":\"ada\",\"lastLook\":\"2026-03-01T11:00:00Z\"}");

        assertThat(Keyboard.script(home).asking(server).run("whoami").out())
                .contains("lastLook\t2026-03-01T11:00:00Z");
    }

    @Test
    void theStatusTreeNamesWhoHasASystemOpenForPeople() {
        server.answers(
                "GET /systems/shop/status",
                "{\"name\":\"shop\",\"title\":\"Shop\",\"state\":\"ok\",\"counts\":{},"
                        + "\"openBy\":[{\"person\":\"ada\",\"since\":\"2026-03-01T11:58:00Z\"}],"
                        + "\"checks\":[],\"subsystems\":[]}");

        assertThat(Keyboard.person(home).asking(server).run("system", "status", "shop").out())
                .contains("Shop (open by ada)");
        assertThat(Keyboard.script(home).asking(server).run("system", "status", "shop").out())
                .doesNotContain("ada");
    }
}
