package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Proposals and the doctor, as typed.
class ProposalsTest {
    private static final String NGINX =
            """
            {"id":"p_1","system":"web1","name":"nginx-80","title":"nginx on port 80",
             "why":"w","evidence":"nginx listens on *:80","agents":["web1"],"every":"30s",
             "probe":{"kind":"http","url":"http://127.0.0.1/"},"triedState":"ok","since":"2026-03-01T11:00:00Z",
             "path":"checks/nginx-80.yaml","yaml":"name: nginx-80\\n"}""";

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
    void proposalsAreListedWithWhatTryingThemSaid() {
        server.answers("GET /proposals", "{\"items\":[" + NGINX + "],\"next\":null}");

        assertThat(script().run("check", "proposals").out())
                .isEqualTo(
                        "ok\tweb1\tnginx-80\tweb1\tkind=http url=http://127.0.0.1/\tnginx on port"
                                + " 80\tnginx listens on *:80\n");
    }

    @Test
    void lookingAsksTheAgentsFirst() {
        server.answers("POST /proposals/look-around", "{\"agents\":3}");
        server.answers("GET /proposals", "{\"items\":[],\"next\":null}");

        var ran = script().run("check", "proposals", "--look");

        assertThat(ran.err()).contains("3 connected agents look").contains("no proposals");
    }

    @Test
    void acceptingNamesThemAndSaysHowMany() {
        server.answers("POST /proposals/accept", "{\"items\":[" + NGINX + "]}");

        var ran = script().run("check", "accept", "web1/nginx-80");

        assertThat(server.lastAsked().body()).isEqualTo("{\"proposals\":[\"web1/nginx-80\"]}");
        assertThat(ran.err()).contains("1 check accepted");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void allOfASystemAreThoseThatAreListed() {
        server.answers("GET /proposals", "{\"items\":[" + NGINX + "],\"next\":null}");
        server.answers("POST /proposals/leave", "{\"items\":[" + NGINX + "]}");

        var ran = script().run("check", "leave", "--all", "--system", "web1");

        assertThat(server.lastAsked().body()).isEqualTo("{\"proposals\":[\"p_1\"]}");
        assertThat(ran.err()).contains("1 proposal left");
    }

    @Test
    void whichProposalsMustBeClear() {
        assertThat(script().run("check", "accept").exit()).isEqualTo(2);
        assertThat(script().run("check", "accept", "--all", "web1/x").exit()).isEqualTo(2);
        assertThat(script().run("check", "leave", "--system", "web1").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aDoctorWhoFindsSomethingBrokenIsAFailureAndAdviceIsNone() {
        String report =
                """
                {"ok":%s,"verdict":"x","sentence":"It is so.","broken":1,"advice":1,"examinations":[
                 {"name":"recovery-key","about":"a","verdict":"advice","at":"2026-03-01T11:00:00Z",
                  "complaints":[{"gravity":"advice","what":"It is there.","why":"W.","cure":"mv it"}]},
                 {"name":"disk-space","about":"a","verdict":"x","at":"2026-03-01T11:00:00Z",
                  "complaints":[%s]}]}""";
        server.answers(
                "GET /doctor",
                report.formatted(
                        "false",
                        "{\"gravity\":\"broken\",\"what\":\"Full.\",\"why\":\"W.\",\"cure\":\"du\"}"));
        server.answers("GET /doctor", report.formatted("true", "")); // from the second time on
        var broken = script().run("admin", "doctor");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.out())
                .isEqualTo(
                        "broken\tdisk-space\tFull.\tW.\tdu\n"
                                + "advice\trecovery-key\tIt is there.\tW.\tmv it\n");

        assertThat(script().run("admin", "doctor").exit()).isZero();
        assertThat(script().run("admin", "doctor", "--json=ok").out()).contains("\"ok\" : true");
    }
}
