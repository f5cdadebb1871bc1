package aramaki.server.agent;

import static aramaki.server.store.Look.list;
import static aramaki.server.store.Look.maybe;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.Labels;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.crypto.SecretKey;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.AgentStore.InviteRecord;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of agents promises.
public abstract class AgentStoreContract {
    private static final Hash GRANT = new Hash("a".repeat(64));

    @TempDir protected Path folder;
    private AgentStore agents;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        agents = backend.agents();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAgentComesBackAsItWasSaved() {
        var agent = agent("web1", 1, Presence.CONNECTED, "shop", "*");
        save(agent);
        assertThat(maybe(store, tx -> agents.agent(tx, agent.id()))).hasValue(agent);
        assertThat(maybe(store, tx -> agents.agent(tx, "a_nobody"))).isEmpty();
        var ready = agent.ready("1.2", "checks: any", Map.of("os", "Debian"), "e1");
        save(ready);
        assertThat(list(store, agents::agents)).containsExactly(ready);
    }

    @Test
    void aPauseAndAnAnnouncedStopComeBackAsTheyWereSaved() {
        var pause =
                new Pause(
                        "u_a", 3, TestClock.START, TestClock.START.plusSeconds(60), "disk", "ada");
        var agent = agent("web1", 1, Presence.CONNECTED, "shop");
        var paused = agent.pausing(new AgentPause(pause, false));
        save(paused);
        assertThat(maybe(store, tx -> agents.agent(tx, agent.id()))).hasValue(paused);
        var stopped =
                paused.stopped(
                        new AnnouncedStop(
                                "reboot", TestClock.START, TestClock.START.plusSeconds(900)));
        save(stopped);
        assertThat(maybe(store, tx -> agents.agent(tx, agent.id()))).hasValue(stopped);
        var back = stopped.seen(Presence.CONNECTED, TestClock.START.plusSeconds(90));
        save(back);
        assertThat(maybe(store, tx -> agents.agent(tx, agent.id()))).hasValue(back);
        assertThat(back.stop()).isEmpty();
    }

    @Test
    void anEventOfAHostIsNotedOnce() {
        assertThat(noted("a_1", "h_1")).isTrue();
        assertThat(noted("a_1", "h_1")).isFalse();
        assertThat(noted("a_1", "h_2")).isTrue();
        assertThat(noted("a_2", "h_1")).isTrue();
    }

    private boolean noted(String agent, String event) {
        return store.write(tx -> agents.noteHostEvent(tx, agent, event, TestClock.START));
    }

    @Test
    void agentsAreListedByName() {
        save(
                agent("web2", 2, Presence.CONNECTED, "shop"),
                agent("web1", 1, Presence.SILENT, "shop"));
        assertThat(list(store, agents::agents))
                .extracting(a -> a.name().value())
                .containsExactly("web1", "web2");
    }

    @Test
    void aNameBelongsToTheOneThatIsNotRevoked() {
        var gone = agent("web1", 1, Presence.REVOKED, "shop");
        var here = agent("web1", 2, Presence.SILENT, "shop");
        save(gone);
        assertThat(maybe(store, tx -> agents.named(tx, new EntityName("web1")))).isEmpty();
        save(here);
        assertThat(maybe(store, tx -> agents.named(tx, new EntityName("web1")))).hasValue(here);
    }

    @Test
    void silentAgentsAreCountedByHome() {
        save(
                agent("web1", 1, Presence.SILENT, "shop", "office"),
                agent("web2", 2, Presence.SILENT, "shop-2", "shop"),
                agent("web3", 3, Presence.CONNECTED, "shop"),
                agent("web4", 4, Presence.SILENT, "shop"));
        assertThat(store.<Integer>read(tx -> agents.countSilent(tx, new SystemName("shop"))))
                .isEqualTo(2);
        assertThat(store.<Integer>read(tx -> agents.countSilent(tx, new SystemName("office"))))
                .isEqualTo(0);
    }

    @Test
    void anInviteIsUsedUp() {
        var invite =
                new InviteRecord(
                        "v_abc",
                        "f".repeat(64),
                        List.of("shop", "*"),
                        Labels.of(Map.of("web", "")),
                        2,
                        TestClock.START,
                        GRANT);
        store.write(
                tx -> {
                    agents.addInvite(tx, invite);
                    return 0;
                });
        assertThat(maybe(store, tx -> agents.invite(tx, "v_abc"))).hasValue(invite);
        store.write(
                tx -> {
                    agents.setInviteUses(tx, "v_abc", 1);
                    return 0;
                });
        assertThat(maybe(store, tx -> agents.invite(tx, "v_abc")).orElseThrow().usesLeft())
                .isEqualTo(1);
        assertThat(maybe(store, tx -> agents.invite(tx, "v_none"))).isEmpty();
    }

    private void save(AgentRecord... all) {
        store.write(
                tx -> {
                    List.of(all).forEach(agent -> agents.save(tx, agent));
                    return 0;
                });
    }

    private static AgentRecord agent(String name, int seed, Presence presence, String... systems) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new AgentRecord(
                "a_" + seed,
                new EntityName(name),
                SecretKey.ofSeed(bytes).publicKey(),
                List.of(systems),
                Labels.of(Map.of("dc", "wue", "web", "")),
                TestClock.START,
                GRANT,
                presence,
                TestClock.START.plusSeconds(5),
                "",
                "",
                Map.of(),
                "",
                Optional.empty(),
                Optional.empty());
    }
}
