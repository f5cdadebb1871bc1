package aramaki.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.protocol.agent.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent's pause, wanted on the host or at the server.
class PausingTest {
    private static final Instant NOW = Given.NOON;
    private static final Instant LATER = NOW.plusSeconds(1800);

    @TempDir Path folder;
    private final CollectedLog log = new CollectedLog();

    @Test
    void aWishIsTakenOnceAndSurvivesARestart() throws IOException {
        Pausing.want(folder, wish("u_1", LATER));
        var pausing = pausing();

        assertThat(pausing.look()).isTrue();
        assertThat(pausing.look()).isFalse();
        assertThat(Pausing.wanted(folder)).isEmpty();
        assertThat(pausing.active(NOW)).isTrue();
        assertThat(pausing.active(LATER)).isFalse();
        assertThat(pausing().current()).isEqualTo(pausing.current());
        assertThat(Pausing.read(folder)).isEqualTo(pausing.current());
    }

    @Test
    void aWishThatWasTakenBeforeAKillIsNotTakenAgain() throws IOException {
        Pausing.want(folder, wish("u_1", LATER));
        var pausing = pausing();
        pausing.look();
        Pausing.want(folder, wish("u_1", LATER));

        assertThat(pausing().look()).isFalse();
        assertThat(pausing.current().orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void eachWishIsNewerThanWhatHeldBefore() throws IOException {
        var pausing = pausing();
        pausing.take(new Pause("u_1", 5, NOW, LATER, "", "ada"));
        Pausing.want(folder, wish("u_2", NOW));

        assertThat(pausing.look()).isTrue();
        assertThat(pausing.active(NOW)).isFalse();
        assertThat(pausing.current().orElseThrow().revision()).isEqualTo(6);
    }

    @Test
    void theServersOlderPauseIsNotTaken() {
        var pausing = pausing();
        var newer = new Pause("u_2", 2, NOW, LATER, "", "ada");
        assertThat(pausing.take(newer)).isTrue();
        assertThat(pausing.take(new Pause("u_1", 1, NOW, NOW.plusSeconds(9), "", ""))).isFalse();
        assertThat(pausing.take(newer)).isFalse();
        assertThat(pausing.current()).contains(newer);
    }

    @Test
    void ofTwoMadeApartTheLongerHoldsOnBothSides() {
        var shorter = new Pause("u_1", 1, NOW, LATER, "", "");
        var longer = new Pause("u_2", 1, NOW, LATER.plusSeconds(1), "", "");

        assertThat(longer.newerThan(shorter)).isTrue();
        assertThat(shorter.newerThan(longer)).isFalse();
    }

    @Test
    void aClockSetBackByWeeksDoesNotPauseForWeeks() {
        var pausing = pausing();
        pausing.take(new Pause("u_1", 1, NOW, LATER, "", ""));

        assertThat(pausing.active(NOW.minus(Duration.ofHours(1)))).isTrue();
        assertThat(pausing.active(NOW.minus(Duration.ofDays(20)))).isFalse();
    }

    @Test
    void aWishThatIsNoneIsSaidAndGone() throws IOException {
        var pausing = pausing();
        Pausing.want(folder, wish("u_1", NOW.plus(Duration.ofDays(8))));
        assertThat(pausing.look()).isFalse();
        Files.writeString(folder.resolve("pause-wanted.json"), "{\"id\":");
        assertThat(pausing.look()).isFalse();

        assertThat(log.lines()).hasSize(2);
        assertThat(Files.exists(folder.resolve("pause-wanted.json"))).isFalse();
        assertThat(pausing.current()).isEmpty();
    }

    @Test
    void aDamagedPauseIsSaidAndNone() throws IOException {
        Files.writeString(folder.resolve("pause.json"), "{}");

        assertThat(pausing().current()).isEmpty();
        assertThat(log.lines()).hasSize(1);
    }

    private static Pausing.Wish wish(String id, Instant until) {
        return new Pausing.Wish(id, NOW, until, "new disk", "ada on the host");
    }

    private Pausing pausing() {
        var pausing = new Pausing(folder, log);
        pausing.load();
        return pausing;
    }
}
