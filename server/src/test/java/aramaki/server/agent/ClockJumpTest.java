package aramaki.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server whose clock is set, that sleeps or was away: no false alarm, and no true one missed.
class ClockJumpTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord web1;
    private AgentRecord web2;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
        rig.system("shop", "disk"); // every 10 s, ttl 30 s
        web1 = rig.agent("web1", "shop");
        web2 = rig.agent("web2", "shop");
        work(MINUTE, web1, web2);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "-PT6M", "PT20S", "PT1H", "PT24H"})
    void aClockThatIsSetIsNoAlarm(Duration jump) {
        clock.advance(jump);
        rig.pass(Duration.ofSeconds(5));
        work(MINUTE.multipliedBy(3), web1, web2);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.state("shop/web1/disk")).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT24H"})
    void afterAClockIsSetAnAgentThatDiesIsNoticedAsSoonAsEver(Duration jump) {
        clock.advance(jump);
        work(MINUTE.multipliedBy(2), web1, web2);
        work(MINUTE, web1);
        assertThat(rig.firingKeys()).containsExactly("shop/web2/agent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT24H"})
    void afterAClockIsSetACheckThatFallsSilentIsNoticedAsSoonAsEver(Duration jump) {
        clock.advance(jump);
        work(MINUTE.multipliedBy(2), web1, web2);
        rig.pass(MINUTE, web1, web2);
        assertThat(rig.firingKeys()).containsExactly("shop/web1/disk", "shop/web2/disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT24H"})
    void anAgentThatDiesWithTheJumpIsNoticedWithinAMinuteAndAHalf(Duration jump) {
        clock.advance(jump);
        work(Duration.ofSeconds(90), web1);
        assertThat(rig.firingKeys()).containsExactly("shop/web2/agent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT24H"})
    void aStateThatChangesAfterAClockIsSetIsSeen(Duration jump) {
        clock.advance(jump);
        rig.pass(Duration.ofSeconds(2), web1, web2);
        rig.report(web1, "shop", "disk", "critical");
        assertThat(rig.state("shop/web1/disk")).isEqualTo("critical");
        assertThat(rig.firingKeys()).containsExactly("shop/web1/disk");
    }

    @Test
    void aServerSuspendedForAnHourComesBackWithoutAFalseAlarm() {
        clock.advance(Duration.ofHours(1));
        rig.pass(Duration.ofSeconds(40)); // agents find us within half a minute
        connect();
        work(MINUTE.multipliedBy(2), web1, web2);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aServerDownForAnHourComesBackWithoutAFalseAlarm() {
        rig.close();
        clock.advance(Duration.ofHours(1));
        rig = new Rig(folder, clock).ready();
        for (int i = 0; i < 6; i++) { // what they sent before
            rig.result(web1, "shop", "disk", "ok");
            rig.result(web2, "shop", "disk", "ok");
        }
        rig.pass(Duration.ofSeconds(40));
        connect();
        work(MINUTE.multipliedBy(2), web1, web2);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void resultsOfThatHourFillHistoryAndPageNobody() {
        var late = new ArrayList<AgentMessage.Result>();
        for (int i = 0; i < 20; i++) {
            clock.advance(MINUTE);
            late.add(rig.result(web1, "shop", "disk", i == 19 ? "ok" : "critical"));
        }
        rig.send(web1, late.toArray(AgentMessage.Result[]::new));
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.state("shop/web1/disk")).isEqualTo("ok");
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "-PT40S", "PT1H", "PT24H"})
    void anAgentWhoseClockIsWrongIsTakenAtItsWordAboutAges(Duration wrong) {
        for (var state : List.of("ok", "critical")) {
            clock.seconds(10);
            var theirs = clock.instant().plus(wrong);
            rig.silence.heard(web1.id(), clock.instant());
            rig.intake.accept(
                    rig.now(web1),
                    new AgentMessage.Results(
                            "e1",
                            theirs,
                            List.of(
                                    rig.result(
                                            web1, "shop", "disk", state, theirs.minusSeconds(2)))),
                    wrong.negated());
        }
        assertThat(rig.state("shop/web1/disk")).isEqualTo("critical");
        assertThat(rig.status("shop/web1/disk").orElseThrow().seenAt())
                .hasValue(clock.instant().minusSeconds(2));
        assertThat(rig.firingKeys()).containsExactly("shop/web1/disk");
    }

    @Test
    void anOldResultOfAnAgentWhoseClockIsWrongPagesNobody() {
        var wrong = Duration.ofHours(1);
        var theirs = clock.instant().plus(wrong);
        rig.intake.accept(
                rig.now(web1),
                new AgentMessage.Results(
                        "e1",
                        theirs,
                        List.of(
                                rig.result(
                                        web1,
                                        "shop",
                                        "disk",
                                        "critical",
                                        theirs.minusSeconds(50)))),
                wrong.negated());
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aRebootIsWaitedForWhateverTheClockSays() {
        rig.silence.stopping(
                rig.now(web2), new AgentMessage.Stopping("", "reboot", 120L), clock.instant());
        clock.advance(Duration.ofDays(1));
        work(MINUTE, web1);
        assertThat(rig.firing()).isEmpty();
        work(MINUTE.multipliedBy(2), web1);
        assertThat(rig.firingKeys()).containsExactly("shop/web2/agent");
    }

    private void connect() {
        rig.silence.connected(rig.now(web1), clock.instant());
        rig.silence.connected(rig.now(web2), clock.instant());
    }

    /// Time goes by in which these agents are heard, and their check reports.
    private void work(Duration time, AgentRecord... alive) {
        for (long i = 0; i < time.toSeconds(); i++) {
            rig.pass(Duration.ofSeconds(1), alive);
            for (var agent : i % 10 == 0 ? List.of(alive) : List.<AgentRecord>of()) {
                rig.report(rig.now(agent), "shop", "disk", "ok");
            }
        }
    }
}
