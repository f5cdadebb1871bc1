package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Having alerts and making them quiet, as typed.
class OwnersTest {
    private static final String ID = "b_k3jdm2uzq5x7c4ta";
    private static final String WOULD =
            "{\"id\":null,\"act\":\"ack\",\"dryRun\":true,\"count\":300,\"systems\":{\"bank\":100,\"shop\":200},"
                    + "\"left\":0,\"leftItems\":[]}";

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
    void oneAlertIsTakenForATimeAndTheUndoIsNamed() {
        server.answers("POST /alerts/shop/web1/disk/ack", "{\"id\":\"" + ID + "\",\"count\":1}");

        var ran = script().run("alert", "ack", "shop/web1/disk", "--for", "2h", "-m", "on it");

        assertThat(server.lastAsked().body())
                .isEqualTo("{\"length\":\"2h\",\"comment\":\"on it\"}");
        assertThat(ran.out()).isEqualTo(ID + "\n");
        assertThat(ran.err()).contains("you have shop/web1/disk", "aramaki alert undo " + ID);
    }

    @Test
    void aDryRunSaysHowManyAndOfWhichSystemsAndDoesNothing() {
        server.answers("POST /alerts/acts", WOULD);

        var ran = script().run("alert", "ack", "--query", "state:firing", "--dry-run");

        assertThat(ran.out()).isEqualTo("300\n");
        assertThat(ran.err()).contains("300 alerts of bank (100), shop (200)");
        assertThat(server.asked()).hasSize(1);
        assertThat(server.lastAsked().body()).contains("\"dryRun\":true");
    }

    @Test
    void manyAreNotTouchedWhereNobodyCanBeAsked() {
        server.answers("POST /alerts/acts", WOULD);

        var ran = script().run("alert", "ack", "--query", "state:firing");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("nothing was done", "300 alerts", "--yes");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void yesActsAtOnce() {
        server.answers("POST /alerts/acts", WOULD.replace("null", "\"" + ID + "\""));

        var ran = script().run("alert", "resolve", "--query", "check:old", "--yes");

        assertThat(server.lastAsked().body())
                .isEqualTo("{\"act\":\"resolve\",\"query\":\"check:old\"}");
        assertThat(ran.out()).isEqualTo(ID + "\n");
    }

    @Test
    void whichAlertsMustBeClear() {
        assertThat(script().run("alert", "ack").exit()).isEqualTo(2);
        assertThat(script().run("alert", "ack", "a/b/c", "--query", "x").exit()).isEqualTo(2);
        assertThat(script().run("alert", "ack", "nonsense").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void undoSaysWhatItLeft() {
        server.answers(
                "POST /alerts/acts/" + ID + "/undo",
                "{\"id\":\"b_x\",\"undoes\":\""
                        + ID
                        + "\",\"count\":299,\"left\":[{\"key\":\"shop/web7/disk\",\"why\":\"was changed"
                        + " since\"}]}");

        var ran = script().run("alert", "undo", ID);

        assertThat(ran.err())
                .contains("put back 299 alerts", "left: shop/web7/disk was changed since");
    }

    @Test
    void aSilenceHasOneEndAndAReason() {
        server.answers(
                "POST /silences",
                "{\"id\":\"z_1\",\"name\":\"racks\",\"expiresAt\":\"2026-03-01T14:00:00Z\"}");

        assertThat(script().run("silence", "add", "check=x", "--reason", "y").exit()).isEqualTo(2);
        assertThat(script().run("silence", "add", "check=x", "--for", "2h").exit()).isEqualTo(2);
        var ran = script().run("silence", "add", "check=~d.*", "--for", "2h", "--reason", "racks");

        assertThat(server.lastAsked().body())
                .isEqualTo(
                        "{\"matchers\":[\"check=~d.*\"],\"length\":\"2h\",\"reason\":\"racks\"}");
        assertThat(ran.out()).isEqualTo("z_1\n");
        assertThat(ran.err()).contains("aramaki silence expire z_1");
    }
}
