package aramaki.server.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.observation.StaleBecause;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord.Presence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is quiet because somebody wanted so, and when that is no excuse any more.
class PausesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
        rig.system("shop", "disk");
        rig.system("office", "load");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aPausedAgentPagesNobodyAndItsChecksArePlanned() {
        var web1 = rig.agent("web1", "shop", "office");
        rig.report(web1, "shop", "disk", "ok");
        pause(web1, MINUTE.multipliedBy(3));
        rig.pass(MINUTE, web1);
        assertThat(rig.happened("shop", Payload.AgentPaused.class))
                .containsExactly(
                        new Payload.AgentPaused(
                                "web1",
                                TestClock.START.plusSeconds(180),
                                "new disk",
                                "ada",
                                "server"));
        assertThat(rig.happened("office", Payload.AgentPaused.class)).hasSize(1);
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        var status = rig.status("shop/web1/disk").orElseThrow();
        assertThat(status.because()).hasValue(StaleBecause.AGENT);
        assertThat(status.planned().orElseThrow())
                .startsWith("paused until ")
                .endsWith(" UTC by ada: new disk");
        assertThat(rig.status("office/web1/load").orElseThrow().planned()).isPresent();
    }

    @Test
    void anAgentThatIsKilledDuringAPausePagesOnlyAfterItsEnd() {
        var web1 = rig.agent("web1", "shop");
        pause(web1, MINUTE.multipliedBy(2));
        rig.pass(MINUTE.multipliedBy(2));
        assertThat(rig.firing()).isEmpty();
        rig.pass(Rig.SILENT_AFTER.minusSeconds(1));
        assertThat(rig.firing()).isEmpty();
        rig.pass(Duration.ofSeconds(8));
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent");
        assertThat(rig.happened(Payload.AgentSilent.class)).hasSize(1);
        assertThat(rig.happened(Payload.AgentResumed.class)).hasSize(1);
    }

    @Test
    void anAgentThatIsStoppedDuringAPauseIsExpectedBackAtItsEnd() {
        var web1 = rig.agent("web1", "shop");
        pause(web1, MINUTE.multipliedBy(2));
        rig.pass(MINUTE, web1);
        rig.silence.stopping(rig.now(web1), stop("stop", null), clock.instant());
        assertThat(rig.happened(Payload.AgentStopped.class).getFirst().backBy())
                .isEqualTo(TestClock.START.plusSeconds(120));
        rig.pass(MINUTE);
        assertThat(rig.firing()).isEmpty();
        rig.pass(MINUTE);
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent");
    }

    @Test
    void anAgentThatWasStoppedBeforeAPauseNeedNotComeBack() {
        var web1 = rig.agent("web1", "shop");
        rig.silence.stopping(rig.now(web1), stop("stop", null), clock.instant());
        rig.pass(Duration.ofSeconds(5));
        pause(web1, MINUTE);
        rig.pass(MINUTE.multipliedBy(3));
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void afterAPauseAChecksSilenceCountsFromItsEnd() {
        var web1 = rig.agent("web1", "shop");
        rig.report(web1, "shop", "disk", "ok");
        pause(web1, MINUTE.multipliedBy(2));
        rig.pass(MINUTE.multipliedBy(2), web1);
        rig.pass(Duration.ofSeconds(29), web1); // its ttl is 30 s
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        rig.pass(Duration.ofSeconds(5), web1);
        assertThat(rig.happened(Payload.StateChanged.class)).hasSize(1);
        assertThat(rig.firingKeys()).containsExactly("shop/web1/disk");
    }

    @Test
    void aPauseCanBeEndedBeforeItsTime() {
        var web1 = rig.agent("web1", "shop");
        pause(web1, MINUTE.multipliedBy(10));
        rig.pass(MINUTE, web1);
        rig.pauses.resume(web1.name(), "bo", rig.instance);
        rig.pauses.resume(web1.name(), "bo", rig.instance);
        rig.pass(MINUTE.multipliedBy(11), web1);
        assertThat(rig.happened(Payload.AgentResumed.class))
                .containsExactly(new Payload.AgentResumed("web1", "bo", "server"));
        assertThat(rig.now(web1).planned(clock.instant())).isEmpty();
    }

    @Test
    void aPauseAndItsEndSurviveARestartOfTheServer() {
        var web1 = rig.agent("web1", "shop");
        pause(web1, MINUTE.multipliedBy(3));
        rig.pass(MINUTE, web1);
        rig.close();
        rig = new Rig(folder, clock).ready();
        rig.pass(MINUTE);
        assertThat(rig.now(web1).paused(clock.instant())).isTrue();
        assertThat(rig.firing()).isEmpty();
        rig.close();
        clock.advance(MINUTE.multipliedBy(2));
        rig = new Rig(folder, clock).ready();
        rig.pass(Duration.ofSeconds(44));
        assertThat(rig.happened(Payload.AgentResumed.class))
                .containsExactly(new Payload.AgentResumed("web1", "", "end"));
        assertThat(rig.firing()).isEmpty();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent");
    }

    @Test
    void whatAnAgentSaysOfItsPauseIsTakenOnceHoweverOftenItSaysSo() {
        var web1 = rig.agent("web1", "shop");
        var pause = hosts("u_1", 1, MINUTE);
        for (int i = 0; i < 3; i++) {
            clock.seconds(1);
            rig.pauses.said(rig.now(web1), new AgentMessage.Paused(pause, clock.instant()));
        }
        assertThat(rig.happened(Payload.AgentPaused.class)).hasSize(1);
        assertThat(rig.happened(Payload.AgentPaused.class).getFirst().where()).isEqualTo("host");
        assertThat(rig.now(web1).pause().orElseThrow().pause()).isEqualTo(pause);
    }

    @Test
    void theNewerPauseHoldsWhateverClocksSay() {
        var web1 = rig.agent("web1", "shop");
        pause(web1, MINUTE.multipliedBy(5));
        var older = hosts("u_1", 1, MINUTE);
        assertThat(rig.pauses.said(rig.now(web1), new AgentMessage.Paused(older, older.from())))
                .map(Pause::by)
                .hasValue("ada");
        var newer = hosts("u_2", 2, Duration.ZERO);
        rig.pauses.said(rig.now(web1), new AgentMessage.Paused(newer, newer.from()));
        assertThat(rig.now(web1).paused(clock.instant())).isFalse();
        assertThat(rig.happened(Payload.AgentResumed.class)).hasSize(1);
    }

    @Test
    void aPauseOfAHostWhoseClockIsAnHourBehindLastsAsLongHere() {
        var web1 = rig.agent("web1", "shop");
        var theirs = clock.instant().minus(Duration.ofHours(1));
        var pause = new Pause("u_1", 1, theirs, theirs.plus(MINUTE), "", "ada");
        rig.pauses.said(rig.now(web1), new AgentMessage.Paused(pause, theirs));
        assertThat(rig.now(web1).pausedUntil()).hasValue(clock.instant().plus(MINUTE));
    }

    @Test
    void aPauseThatIsTooLongOrNoneIsRefused() {
        var web1 = rig.agent("web1", "shop");
        refused(() -> pause(web1, Duration.ofDays(7).plusSeconds(1)));
        refused(() -> pause(web1, Duration.ZERO));
        refused(() -> pause(web1, Duration.ofSeconds(-5)));
        var endless = hosts("u_1", 1, Duration.ofDays(8));
        refused(() -> rig.pauses.said(web1, new AgentMessage.Paused(endless, endless.from())));
        var odd = new Pause("u_1", 1, Instant.MIN, Instant.MAX, "", "");
        refused(() -> rig.pauses.said(web1, new AgentMessage.Paused(odd, clock.instant())));
        assertThat(rig.happened(Payload.AgentPaused.class)).isEmpty();
    }

    @Test
    void aRebootThatIsBackInTimeIsNoAlert() {
        var web1 = rig.agent("web1", "shop");
        rig.report(web1, "shop", "disk", "ok");
        rig.silence.stopping(rig.now(web1), stop("reboot", 120L), clock.instant());
        rig.pass(MINUTE);
        assertThat(rig.status("shop/web1/disk").orElseThrow().planned().orElseThrow())
                .startsWith("its host reboots, as announced, back by ");
        rig.silence.connected(rig.now(web1), clock.instant());
        rig.pass(MINUTE.multipliedBy(3), web1);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        assertThat(rig.happened(Payload.AgentConnected.class)).isEmpty();
        assertThat(rig.now(web1).presence()).isEqualTo(Presence.CONNECTED);
    }

    @Test
    void aRebootThatIsNotBackInTimeIsOneAlert() {
        var web1 = rig.agent("web1", "shop", "office");
        rig.silence.stopping(rig.now(web1), stop("reboot", 120L), clock.instant());
        rig.pass(Duration.ofSeconds(120));
        assertThat(rig.firing()).isEmpty();
        rig.pass(MINUTE.multipliedBy(3));
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent");
        assertThat(rig.happened("shop", Payload.AgentSilent.class)).hasSize(1);
        assertThat(rig.happened("shop", Payload.AgentSilent.class).getFirst().announced())
                .isEqualTo("reboot");
        rig.silence.connected(rig.now(web1), clock.instant());
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aRebootIsStillExpectedBackAfterARestartOfTheServer() {
        var web1 = rig.agent("web1", "shop");
        rig.silence.stopping(rig.now(web1), stop("reboot", 120L), clock.instant());
        rig.close();
        clock.advance(MINUTE);
        rig = new Rig(folder, clock).ready();
        rig.pass(MINUTE);
        assertThat(rig.firing()).isEmpty();
        rig.pass(MINUTE);
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent");
    }

    @Test
    void manyRebootsThatAreNotBackAreOneAlert() {
        var agents = new ArrayList<AgentRecord>();
        for (int i = 0; i < 5; i++) {
            agents.add(rig.agent("web" + i, "shop"));
        }
        for (var agent : agents) {
            rig.silence.stopping(rig.now(agent), stop("reboot", 60L), clock.instant());
        }
        rig.pass(MINUTE.multipliedBy(2));
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
    }

    @Test
    void aHostThatWasSwitchedOffAsAnnouncedIsNoAlert() {
        var web1 = rig.agent("web1", "shop");
        rig.silence.stopping(rig.now(web1), stop("poweroff", null), clock.instant());
        rig.pass(MINUTE.multipliedBy(5));
        assertThat(rig.firing()).isEmpty();
    }

    private void pause(AgentRecord agent, Duration length) {
        rig.pauses.pause(agent.name(), length, "new disk", "ada", rig.instance);
    }

    private Pause hosts(String id, long revision, Duration length) {
        var now = clock.instant();
        return new Pause(id, revision, now, now.plus(length), "on the host", "root");
    }

    private static AgentMessage.Stopping stop(
            String kind, @org.jspecify.annotations.Nullable Long backWithin) {
        return new AgentMessage.Stopping("planned " + kind, kind, backWithin);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Refusal.class);
    }
}
