package aramaki.server.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.observation.State;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord.Presence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is silent, who is back, and how much is said about it.
class SilenceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

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
    void aKilledAgentIsOneEventPerServedSystemAndOneAlertInItsHome() {
        var web1 = rig.agent("web1", "shop", "office");
        rig.report(web1, "shop", "disk", "ok");
        rig.pass(LONG);
        assertThat(rig.happened("shop", Payload.AgentSilent.class))
                .containsExactly(
                        new Payload.AgentSilent(List.of("web1"), TestClock.START, true, null));
        assertThat(rig.happened("office", Payload.AgentSilent.class))
                .containsExactly(
                        new Payload.AgentSilent(List.of("web1"), TestClock.START, false, null));
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent");
        assertThat(rig.firing().getFirst().severity()).isEqualTo(State.STALE);
        assertThat(rig.state("shop/web1/disk")).isEqualTo("stale");
        assertThat(rig.status("shop/web1/disk").orElseThrow().lastState()).isEqualTo(State.OK);
        assertThat(rig.state("office/web1/load")).isEqualTo("stale");
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
    }

    @Test
    void anAgentThatConnectsAgainIsBackEverywhere() {
        var web1 = rig.agent("web1", "shop", "office");
        rig.pass(LONG);
        rig.silence.connected(rig.now(web1), clock.instant());
        assertThat(rig.happened(Payload.AgentConnected.class)).hasSize(2);
        assertThat(rig.firing()).isEmpty();
        rig.report(web1, "shop", "disk", "ok");
        assertThat(rig.state("shop/web1/disk")).isEqualTo("ok");
    }

    /// Such as after a host was suspended: the connection outlives the pause.
    @Test
    void anAgentThatTalksAgainOnItsOldConnectionIsBack() {
        var web1 = rig.agent("web1", "shop");
        rig.pass(LONG);
        assertThat(rig.now(web1).presence()).isEqualTo(Presence.SILENT);
        rig.pass(Duration.ofSeconds(3), web1);
        assertThat(rig.now(web1).presence()).isEqualTo(Presence.CONNECTED);
        assertThat(rig.happened(Payload.AgentConnected.class)).hasSize(1);
        assertThat(rig.firing()).isEmpty();
    }

    /// Between `join` and `run`, somebody sets up the host, and a slow one takes long to start.
    @Test
    void anAgentThatJoinedHasSomeMinutesToBegin() {
        var web1 = rig.joined("web1", "shop");
        rig.pass(Silence.BEGIN);
        assertThat(rig.happened("shop", Payload.AgentSilent.class)).isEmpty();
        rig.pass(LONG);
        assertThat(rig.happened("shop", Payload.AgentSilent.class)).hasSize(1);

        rig.silence.connected(rig.now(web1), clock.instant());
        rig.ready(web1, "e1", 1, 1);
        assertThat(rig.firing()).isEmpty();
        rig.pass(LONG);
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent");
    }

    @Test
    void aHeartbeatThatIsALittleLateIsNoSilence() {
        var web1 = rig.agent("web1", "shop");
        rig.pass(Rig.SILENT_AFTER);
        rig.pass(Duration.ofSeconds(1), web1);
        rig.pass(Rig.SILENT_AFTER);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
    }

    /// While a slow store takes what an agent sent, its heartbeats wait behind that.
    @Test
    void anAgentThatWeAreBusyWithIsNotSilent() {
        var web1 = rig.agent("web1", "shop");
        rig.silence.hold(web1.id());
        rig.pass(LONG);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        rig.silence.letGo(web1.id(), clock.instant());
        rig.pass(Rig.SILENT_AFTER);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        rig.pass(LONG);
        assertThat(rig.happened(Payload.AgentSilent.class)).hasSize(1);
    }

    @Test
    void manyThatVanishTogetherAreOneAlertUntilAllAreBack() {
        var agents = agents(5);
        rig.pass(LONG, agents.get(3), agents.get(4));
        assertThat(rig.happened("shop", Payload.AgentSilent.class)).hasSize(1);
        assertThat(rig.happened("shop", Payload.AgentSilent.class).getFirst().agents())
                .containsExactly("web0", "web1", "web2");
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
        rig.silence.connected(agents.get(0), clock.instant());
        rig.silence.connected(agents.get(1), clock.instant());
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
        rig.silence.connected(agents.get(2), clock.instant());
        assertThat(rig.firing()).isEmpty();
    }

    /// After a cut all come back at once, and their units share commits: the last two must not
    /// each see the other as silent.
    @Test
    void theAlertResolvesThoughAllComeBackInOneCommit() throws Exception {
        var agents = agents(6);
        rig.pass(LONG);
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
        var hold = new CountDownLatch(1);
        var holding = new CountDownLatch(1);
        var holder =
                Thread.startVirtualThread(
                        () ->
                                rig.store.write(
                                        _ -> {
                                            holding.countDown();
                                            return await(hold);
                                        }));
        holding.await();
        var back = new ArrayList<FutureTask<Boolean>>();
        try {
            for (var agent : agents) {
                var one =
                        new FutureTask<>(
                                () -> {
                                    rig.silence.connected(agent, clock.instant());
                                    return true;
                                });
                back.add(one);
                var thread = Thread.startVirtualThread(one);
                Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
            }
        } finally {
            hold.countDown();
        }
        holder.join();
        for (var one : back) {
            one.get();
        }
        assertThat(rig.happened(Payload.AgentConnected.class)).hasSize(6);
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aFewOfManyAreEachTheirOwnAlert() {
        var agents = agents(16);
        var alive = agents.subList(3, 16).toArray(AgentRecord[]::new);
        rig.pass(LONG, alive);
        assertThat(rig.firingKeys())
                .containsExactly("shop/web0/agent", "shop/web1/agent", "shop/web2/agent");
    }

    @Test
    void stragglersOfACutAreWaitedForAndAreInTheSameAlert() {
        var agents = agents(4);
        rig.pass(Duration.ofSeconds(4), agents.get(2), agents.get(3)); // last heard 4 s later
        rig.pass(LONG);
        assertThat(rig.happened("shop", Payload.AgentSilent.class)).hasSize(1);
        assertThat(rig.happened("shop", Payload.AgentSilent.class).getFirst().agents()).hasSize(4);
    }

    /// On a busy server the last words of a site come late, and not all at once.
    @Test
    void aCutWhoseLastWordsAreSpreadOverBeatsIsOneAlert() {
        var agents = agents(40);
        for (int gone = 1; gone <= 12; gone++) {
            rig.pass(
                    Duration.ofSeconds(1),
                    agents.subList(3 * gone, 40).toArray(AgentRecord[]::new));
        }
        rig.pass(LONG);
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
        agents.forEach(agent -> rig.silence.connected(agent, clock.instant()));
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void oneThatFollowsManyIsInTheirAlertAndOneMuchLaterIsNot() {
        var agents = agents(9);
        rig.pass(Duration.ofSeconds(40), agents.get(7), agents.get(8));
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
        rig.pass(Duration.ofSeconds(30), agents.get(8));
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
        rig.pass(Duration.ofSeconds(60), agents.get(8));
        rig.pass(LONG);
        assertThat(rig.firingKeys())
                .containsExactlyInAnyOrder("shop/agents/agent", "shop/web8/agent");
    }

    @Test
    void aPlannedStopIsNoAlert() {
        var web1 = rig.agent("web1", "shop");
        rig.report(web1, "shop", "disk", "ok");
        rig.silence.stopping(rig.now(web1), stop("update"), clock.instant());
        rig.pass(LONG);
        assertThat(rig.happened("shop", Payload.AgentStopped.class)).hasSize(1);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.state("shop/web1/disk")).isEqualTo("stale"); // older than its ttl now
        rig.silence.connected(rig.now(web1), clock.instant());
        assertThat(rig.happened(Payload.AgentConnected.class)).isEmpty();
    }

    @Test
    void nobodyIsSilentBeforeWeAreReady() {
        var web1 = rig.agent("web1", "shop");
        rig.close();
        clock.advance(Duration.ofDays(2));
        rig = new Rig(folder, clock);
        rig.pass(LONG);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        rig.ready();
        rig.pass(Duration.ofSeconds(44)); // agents try again every half minute at the latest
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.happened(Payload.AgentSilent.class)).hasSize(1);
        assertThat(rig.now(web1).presence()).isEqualTo(Presence.SILENT);
    }

    @Test
    void whatIsKnownOfSilenceSurvivesARestart() {
        var web1 = rig.agent("web1", "shop");
        rig.pass(LONG);
        rig.close();
        rig = new Rig(folder, clock).ready();
        rig.pass(LONG);
        assertThat(rig.happened(Payload.AgentSilent.class)).hasSize(1);
        rig.silence.connected(rig.now(web1), clock.instant());
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aShutOutAgentStaysShutOutWhateverIsStillUnderWay() {
        var web1 = rig.agent("web1", "shop");
        rig.agents.revoke(web1.name(), "stolen", rig.instance);
        assertRevoked(() -> rig.silence.connected(web1, clock.instant()));
        assertRevoked(() -> rig.silence.stopping(web1, stop("bye"), clock.instant()));
        assertRevoked(() -> rig.agents.describe(web1.id(), Rig.readySaying("e1", 1, 1)));
        rig.pass(LONG);
        assertThat(rig.now(web1).presence()).isEqualTo(Presence.REVOKED);
        assertThat(rig.happened(Payload.AgentSilent.class)).isEmpty();
        assertThatThrownBy(() -> rig.agents.revoke(web1.name(), "again", rig.instance))
                .isInstanceOf(Refusal.class);
    }

    /// After a start of the server, it would pass for one that was here all along.
    @Test
    void anAgentWhoseConnectionIsNotNotedYetWasNotHeard() throws Exception {
        var web1 = rig.agent("web1", "shop");
        rig.pass(LONG);
        var busy = new CountDownLatch(1);
        var before = new FutureTask<>(() -> rig.store.write(_ -> await(busy)));
        var connecting = new FutureTask<>(() -> rig.silence.connected(web1, clock.instant()), true);
        Thread.startVirtualThread(before);
        Thread.startVirtualThread(connecting);
        Awaitility.await().until(() -> rig.silence.lastHeard(web1).equals(clock.instant()));

        assertThat(rig.silence.heardLately(rig.now(web1), clock.instant())).isFalse();

        busy.countDown();
        assertThat(before.get() && connecting.get()).isTrue();
        assertThat(rig.silence.heardLately(rig.now(web1), clock.instant())).isTrue();
    }

    @Test
    void theLastSilentOneThatIsShutOutEndsTheAlertAboutAll() {
        var agents = agents(3);
        rig.pass(LONG);
        rig.silence.connected(agents.get(0), clock.instant());
        rig.silence.connected(agents.get(1), clock.instant());
        assertThat(rig.firingKeys()).containsExactly("shop/agents/agent");
        rig.agents.revoke(agents.get(2).name(), "scrapped", rig.instance);
        assertThat(rig.firing()).isEmpty();
    }

    private static AgentMessage.Stopping stop(String reason) {
        return new AgentMessage.Stopping(reason, null, null);
    }

    private List<AgentRecord> agents(int count) {
        var agents = new ArrayList<AgentRecord>();
        for (int i = 0; i < count; i++) {
            agents.add(rig.agent("web" + i, "shop"));
        }
        return agents;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRevoked(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("revoked"));
    }
}
