package aramaki.server.observation;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A check that says nothing is never green, and never blamed for somebody else's silence. Its ttl
/// is 30 s here.
class StalenessTest {
    private static final String DISK = "shop/web1/disk";

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord web1;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
        rig.system("shop", "disk", "load");
        web1 = rig.agent("web1", "shop");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aCheckThatIsSilentWhileItsAgentIsHeardGoesStaleAndComesBack() {
        rig.report(web1, "shop", "disk", "ok");
        rig.pass(Duration.ofSeconds(30), web1);
        assertThat(rig.state(DISK)).isEqualTo("ok");
        rig.pass(Duration.ofSeconds(2), web1);
        var stale = rig.status(DISK).orElseThrow();
        assertThat(stale.state()).isEqualTo(State.STALE);
        assertThat(stale.lastState()).isEqualTo(State.OK);
        assertThat(stale.because()).hasValue(StaleBecause.CHECK);
        assertThat(rig.firingKeys()).containsExactly(DISK);
        rig.report(web1, "shop", "disk", "ok");
        assertThat(rig.state(DISK)).isEqualTo("ok");
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.happened(Payload.StateChanged.class))
                .extracting(Payload.StateChanged::to)
                .containsExactly("stale", "ok");
    }

    @Test
    void aCriticalCheckThatGoesStaleKeepsItsAlertFiring() {
        rig.report(web1, "shop", "disk", "critical");
        var episode = rig.alert(DISK).orElseThrow().episode();
        rig.pass(Duration.ofSeconds(35), web1);
        var alert = rig.alert(DISK).orElseThrow();
        assertThat(alert.firing()).isTrue();
        assertThat(alert.episode()).isEqualTo(episode);
        assertThat(rig.status(DISK).orElseThrow().lastState()).isEqualTo(State.CRITICAL);
    }

    @Test
    void nothingGoesStaleBeforeTheServerWasReadyForATtl() {
        rig.report(web1, "shop", "disk", "ok");
        rig.close();
        clock.advance(Duration.ofHours(1));
        rig = new Rig(folder, clock);
        rig.silence.connected(rig.now(web1), clock.instant());
        rig.pass(Duration.ofSeconds(60), web1);
        assertThat(rig.state(DISK)).isEqualTo("ok");
        rig.ready();
        rig.pass(Duration.ofSeconds(30), web1);
        assertThat(rig.state(DISK)).isEqualTo("ok");
        rig.pass(Duration.ofSeconds(2), web1);
        assertThat(rig.state(DISK)).isEqualTo("stale");
    }

    @Test
    void anAgentThatJustCameBackHasATtlToSendWhatItKept() {
        rig.report(web1, "shop", "disk", "ok");
        rig.pass(Duration.ofSeconds(60));
        rig.silence.connected(rig.now(web1), clock.instant());
        rig.pass(Duration.ofSeconds(29), web1);
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        rig.pass(Duration.ofSeconds(5), web1);
        assertThat(rig.happened(Payload.StateChanged.class)).hasSize(1);
    }

    /// It takes five minutes to send an hour; a check's results come in the middle of others.
    @Test
    void anAgentThatCatchesUpLongerThanATtlHasNoStaleChecks() {
        rig.report(web1, "shop", "disk", "ok");
        rig.pass(Duration.ofSeconds(60));
        comesBackWithMuch();
        for (int behind = 3600; behind > 0; behind -= 120) {
            rig.pass(Duration.ofSeconds(10), web1);
            reportKept(Duration.ofSeconds(behind));
        }
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        rig.report(web1, "shop", "load", "ok");
        rig.pass(Duration.ofSeconds(29), web1);
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        rig.report(web1, "shop", "load", "ok");
        rig.pass(Duration.ofSeconds(2), web1);
        assertThat(rig.happened(Payload.StateChanged.class))
                .extracting(Payload.StateChanged::check)
                .containsExactly("disk");
    }

    @Test
    void anAgentThatComesNoNearerToThePresentIsNotCatchingUp() {
        rig.report(web1, "shop", "disk", "ok");
        rig.pass(Duration.ofSeconds(60));
        comesBackWithMuch();
        for (int i = 0; i < 14; i++) {
            rig.pass(Duration.ofSeconds(10), web1);
            reportKept(Duration.ofSeconds(60));
        }
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        rig.pass(Duration.ofSeconds(25), web1);
        assertThat(rig.happened(Payload.StateChanged.class))
                .extracting(Payload.StateChanged::check)
                .containsExactly("disk");
    }

    @Test
    void anAgentThatWeAreBusyWithHasNoStaleChecks() {
        rig.report(web1, "shop", "disk", "ok");
        rig.silence.hold(web1.id());
        rig.pass(Duration.ofMinutes(3), web1);
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        rig.silence.letGo(web1.id(), clock.instant());
        rig.pass(Duration.ofSeconds(3), web1);
        assertThat(rig.state(DISK)).isEqualTo("stale");
        assertThat(rig.happened(Payload.StateChanged.class)).hasSize(1);
    }

    @Test
    void aSilentAgentIsNotWrittenPerCheck() {
        rig.report(web1, "shop", "disk", "ok");
        rig.report(web1, "shop", "load", "ok");
        rig.pass(Duration.ofMinutes(3));
        assertThat(rig.happened(Payload.StateChanged.class)).isEmpty();
        assertThat(rig.state(DISK)).isEqualTo("stale");
        assertThat(rig.status(DISK).orElseThrow().because()).hasValue(StaleBecause.AGENT);
    }

    @Test
    void aDocumentThatCannotBeReadAnyMoreForgetsNothing() {
        rig.report(web1, "shop", "disk", "critical");
        rig.alerting.run(clock.instant());
        var row =
                rig.store.read(tx -> rig.backend.systems().systems(tx)).stream()
                        .filter(r -> r.name().value().equals("shop"))
                        .findFirst()
                        .orElseThrow();
        var files = new java.util.TreeMap<>(row.files());
        files.put("checks/disk.yaml", "name: disk\nof-an-older-version: true\n");
        rig.store.write(
                tx -> {
                    rig.backend
                            .systems()
                            .save(
                                    tx,
                                    new aramaki.server.system.SystemStore.Row(
                                            row.name(), row.id(), "", files, false, false));
                    return 0;
                });
        rig.close();
        rig = new Rig(folder, clock).ready();
        rig.silence.connected(rig.now(web1), clock.instant());
        rig.pass(Duration.ofSeconds(90), web1);
        assertThat(rig.firingKeys()).containsExactly(DISK);
    }

    @Test
    void linkingAndUnlinkingChangesNoByteOfASubsystemsLogAndNoAssignment() {
        rig.report(web1, "shop", "disk", "warning");
        rig.alerting.run(clock.instant());
        rig.document("everything", "title: Everything\n");
        var log = logOf("shop");
        var checks = rig.assignments.message(web1);
        var ref = aramaki.model.system.SystemRef.parse("shop");
        rig.systems.link(new SystemName("everything"), ref, rig.instance);
        assertThat(rig.systems.graph().parents(new SystemName("shop")))
                .containsExactly(new SystemName("everything"));
        assertThat(logOf("shop")).isEqualTo(log);
        assertThat(rig.assignments.message(web1)).isEqualTo(checks);
        rig.systems.unlink(new SystemName("everything"), ref, rig.instance);
        rig.pass(Duration.ofSeconds(5), web1);
        assertThat(logOf("shop")).isEqualTo(log);
        assertThat(rig.assignments.message(web1)).isEqualTo(checks);
    }

    private void comesBackWithMuch() {
        rig.silence.connected(rig.now(web1), clock.instant());
        rig.ready(web1, "e1", 1, 1000);
    }

    private void reportKept(Duration kept) {
        var then = clock.instant().minus(kept);
        rig.send(web1, rig.result(web1, "shop", "load", "ok", then));
    }

    private java.util.List<String> logOf(String system) {
        var id = rig.systems.require(new SystemName(system)).id();
        return rig.all().stream()
                .filter(e -> e.header().log().system().equals(id))
                .map(e -> e.position() + " " + e.hash())
                .toList();
    }
}
