package aramaki.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.AlertKey;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.sql.SqliteBackend;
import aramaki.server.store.Backend;
import aramaki.server.store.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alerts follow the log: each cause once, whatever crashes in between.
class AlertConsumerTest {
    private static final String DISK = "shop/web1/disk";

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Backend backend;
    private Rig rig;
    private AgentRecord web1;

    /// The database it runs on.
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }

    @BeforeEach
    void open() {
        backend = backend(folder);
        rig = new Rig(backend, clock).ready();
        rig.system("shop", "disk", "load");
        web1 = rig.agent("web1", "shop");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aBadStateFiresAndAGoodOneResolves() {
        report("critical");
        var fired = rig.alert(DISK).orElseThrow();
        assertThat(fired.firing()).isTrue();
        assertThat(fired.severity()).isEqualTo(State.CRITICAL);
        assertThat(fired.since()).isEqualTo(clock.instant());
        assertThat(fired.output()).isEqualTo("disk is critical");
        report("ok");
        assertThat(rig.alert(DISK).orElseThrow().firing()).isFalse();
        assertThat(events()).containsExactly("fired", "resolved");
    }

    @Test
    void aWorseStateChangesTheSeverityWithinTheEpisode() {
        report("warning");
        var episode = rig.alert(DISK).orElseThrow().episode();
        var since = rig.alert(DISK).orElseThrow().since();
        report("critical");
        report("critical");
        report("unknown");
        var alert = rig.alert(DISK).orElseThrow();
        assertThat(alert.severity()).isEqualTo(State.UNKNOWN);
        assertThat(alert.episode()).isEqualTo(episode);
        assertThat(alert.since()).isEqualTo(since);
        assertThat(events()).containsExactly("fired", "changed", "changed");
    }

    @Test
    void anotherEpisodeHasAnotherIdUnderTheSameKey() {
        report("critical");
        report("ok");
        report("critical");
        rig.alerting.run(clock.instant());
        var episodes = Look.list(rig.store, tx -> rig.alerts.episodes(tx, AlertKey.parse(DISK), 9));
        assertThat(episodes).hasSize(2);
        assertThat(episodes).extracting(AlertStore.Episode::id).doesNotHaveDuplicates();
        assertThat(episodes.getLast().resolvedAt()).hasValue(TestClock.START.plusSeconds(2));
    }

    @Test
    void everyAlertEventNamesItsCause() {
        report("critical");
        rig.alerting.run(clock.instant());
        var cause =
                rig.all().stream()
                        .filter(e -> e.header().type().equals("state.changed"))
                        .findFirst()
                        .orElseThrow();
        assertThat(rig.happened(Payload.AlertFired.class).getFirst().cause())
                .isEqualTo(cause.hash().hex());
        var hops = Look.maybe(rig.store, tx -> rig.observations.hops(tx, 1)).orElseThrow();
        assertThat(hops.alertAt()).hasValue(clock.instant());
    }

    /// The cursor and what follows from the event are one unit, so there is no crash after which
    /// an event is worked on again: a server that starts again goes on exactly where it was.
    @Test
    void afterACrashNothingIsDoneTwiceAndNothingIsLeftOut() {
        report("critical");
        rig.alerting.run(clock.instant());
        EpisodeId episode = rig.alert(DISK).orElseThrow().episode();
        rig.report(web1, "shop", "load", "warning"); // not consumed yet
        rig.close();
        rig = new Rig(backend, clock).ready();
        rig.alerting.run(clock.instant());
        rig.alerting.run(clock.instant());
        assertThat(events()).containsExactly("fired", "fired");
        assertThat(rig.alert(DISK).orElseThrow().episode()).isEqualTo(episode);
    }

    /// Working through the whole log once more, as a rebuild does, finds the same alerts.
    @Test
    void theSameEventsGiveTheSameEpisodes() {
        report("critical");
        report("ok");
        report("critical");
        rig.alerting.run(clock.instant());
        var before = rig.alert(DISK).orElseThrow();
        rig.store.write(
                tx -> {
                    rig.alerts.saveCursor(tx, "alerts", 0);
                    rig.alerts.save(tx, before);
                    return 0;
                });
        var again = rig.alert(DISK).orElseThrow();
        assertThat(again.firing()).isTrue();
        assertThat(again.severity()).isEqualTo(State.CRITICAL);
        assertThat(again.episode()).isEqualTo(before.episode());
    }

    @Test
    void aRemovedCheckResolvesItsAlert() {
        report("critical");
        assertThat(rig.firingKeys()).containsExactly(DISK);
        rig.uncheck("shop", "disk");
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.state(DISK)).isEqualTo("none");
        assertThat(rig.happened(Payload.StateChanged.class).getLast().to()).isEqualTo("removed");
    }

    @Test
    void aRemovedSystemResolvesAllItsAlerts() {
        report("critical");
        rig.pass(Rig.SILENT_AFTER.plusSeconds(3)); // and one about the agent itself
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent", DISK);
        rig.systems.delete(new SystemName("shop"), rig.instance);
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aShutOutAgentResolvesWhatWasSaidAboutIt() {
        report("critical");
        rig.pass(Rig.SILENT_AFTER.plusSeconds(3));
        assertThat(rig.firingKeys()).containsExactly("shop/web1/agent", DISK);
        rig.agents.revoke(web1.name(), "scrapped", rig.instance);
        rig.pass(java.time.Duration.ofSeconds(2));
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.state(DISK)).isEqualTo("none");
    }

    /// A result may be on its way in the same commit that removes its check.
    @Test
    void aResultThatCameInWithTheRemovalOfItsCheckIsForgotten() {
        report("critical");
        var latest = rig.board.all().getFirst();
        rig.uncheck("shop", "disk");
        rig.store.write(
                tx -> {
                    rig.observations.saveLatest(tx, List.of(latest));
                    return 0;
                });
        rig.board.put(List.of(latest));
        rig.pass(java.time.Duration.ofSeconds(1), web1);
        assertThat(rig.state(DISK)).isEqualTo("none");
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void alertEventsStandInTheLogOfTheSystemTheyAreAbout() {
        report("critical");
        rig.alerting.run(clock.instant());
        assertThat(rig.happened("shop", Payload.AlertFired.class)).hasSize(1);
    }

    @Test
    void moreEventsThanOneBatchAreAllWorkedOn() {
        var checks = IntStream.range(0, 75).mapToObj(i -> "check-" + i).toArray(String[]::new);
        rig.system("office", checks);
        var web2 = rig.agent("web2", "office");
        for (int i = 0; i < 4; i++) { // a fifth and sixth change would be flapping
            for (String check : checks) {
                clock.seconds(1);
                rig.report(web2, "office", check, i % 2 == 0 ? "critical" : "ok");
            }
        }
        rig.alerting.run(clock.instant());
        assertThat(events()).hasSize(300);
        assertThat(rig.firing()).isEmpty();
    }

    private void report(String state) {
        clock.seconds(1);
        rig.report(web1, "shop", "disk", state);
    }

    private List<String> events() {
        return rig.all().stream()
                .map(e -> e.header().type())
                .filter(t -> t.startsWith("alert."))
                .map(t -> t.substring("alert.".length()))
                .toList();
    }
}
