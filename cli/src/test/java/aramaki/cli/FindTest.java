package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `aramaki search`, and the commands that the server's search offers.
class FindTest {
    @TempDir Path home;
    private final CannedServer server =
            CannedServer.start()
                    .answers(
                            "GET /search",
                            """
                            {"items":[
                            {"kind":"check","title":"http on web1","place":"shop","state":"critical",
                             "path":"/s/shop/checks/http#e-web1","command":null},
                            {"kind":"command","title":"aramaki alert show KEY","place":"Show one.",
                             "state":null,"path":null,"command":"aramaki alert show"}],"next":null}
                            """);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theWordsAreAskedForAsOneSearchAndWhatIsFoundIsListed() {
        var ran = Keyboard.script(home).asking(server).run("search", "prod", "fr");

        assertThat(server.lastAsked().line()).isEqualTo("GET /search?q=prod%20fr&limit=1000");
        assertThat(ran.out())
                .isEqualTo(
                        "check\tcritical\thttp on web1\tshop\t/s/shop/checks/http#e-web1\n"
                                + "command\t\taramaki alert show KEY\tShow one.\t\n");
    }

    @Test
    void searchWithoutAWordIsAMistake() {
        assertThat(Keyboard.script(home).asking(server).run("search").exit()).isEqualTo(2);
    }

    @Test
    void everyCommandCanBeOfferedWithWhatItDoes() {
        var line =
                new Cli(Keyboard.script(home).asking(server).shell(), java.util.Optional.empty())
                        .commandLine();
        var all =
                Commands.all(
                        Objects.requireNonNull(line.getSubcommands().get("alert"))
                                .getCommandSpec());

        assertThat(all)
                .extracting(Commands.Typed::line)
                .contains("aramaki alert list", "aramaki whoami", "aramaki search")
                .doesNotContain("aramaki alert")
                .doesNotHaveDuplicates();
        assertThat(all).allSatisfy(typed -> assertThat(typed.does()).endsWith("."));
        assertThat(all)
                .contains(
                        new Commands.Typed(
                                "aramaki alert show", "KEY", "Show one alert and its episodes."));
    }
}
