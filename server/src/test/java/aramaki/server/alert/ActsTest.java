package aramaki.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord;
import aramaki.server.store.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActsTest {
    private static final String DISK = "shop/web1/disk";
    private static final Act.Acknowledge FOR_4_HOURS =
            new Act.Acknowledge(Optional.of(Duration.ofHours(4)), "on it");
    private static final Act.Acknowledge UNTIL_RESOLVED =
            new Act.Acknowledge(Optional.empty(), "mine");

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord web1;
    private Caller ada;
    private Caller bo;

    @BeforeEach
    void aDiskThatIsFull() {
        rig = new Rig(folder, clock).ready();
        ada = rig.access.owner("ada");
        bo = rig.access.admit("bo", "person", rig.instance);
        rig.system("shop", "disk", "load");
        web1 = rig.agent("web1", "shop");
        disk("ok");
        disk("critical");
        assertThat(alert().word()).isEqualTo("firing");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void disk(String state) {
        clock.seconds(10);
        rig.report(web1, "shop", "disk", state);
        rig.alerting.run(clock.instant());
    }

    private Alert alert() {
        return rig.alert(DISK).orElseThrow();
    }

    private Acts.Done act(Act act, Caller person) {
        return rig.acts.act(AlertKey.parse(DISK), act, Acts.Actor.of(person));
    }

    private Map<AlertKey, Firings> firings() {
        var keys = List.of(AlertKey.parse(DISK));
        return Look.maybe(rig.store, tx -> Optional.of(rig.alerts.firings(tx, keys))).orElseThrow();
    }

    private void later(Duration time) {
        for (long i = 0; i < time.toMinutes(); i += 5) {
            clock.seconds(300);
            rig.silence.heard(web1.id(), clock.instant());
            rig.reminders.run(clock.instant());
        }
    }

    @Test
    void whoAcknowledgesHasItUntilTheTimeIsOver() {
        act(FOR_4_HOURS, ada);
        assertThat(alert().word()).isEqualTo("acknowledged");
        assertThat(alert().care().name()).isEqualTo("ada");
        var until = alert().care().acknowledged().orElseThrow().until().orElseThrow();
        assertThat(until).isEqualTo(clock.instant().plus(Duration.ofHours(4)));

        later(Duration.ofMinutes(4 * 60 - 35));
        assertThat(rig.happened(Payload.AlertReminded.class)).isEmpty();
        later(Duration.ofMinutes(30));
        assertThat(rig.happened("shop", Payload.AlertReminded.class))
                .singleElement()
                .satisfies(r -> assertThat(r.expiresAt()).isEqualTo(until));
        assertThat(alert().word()).isEqualTo("acknowledged");

        later(Duration.ofMinutes(10));
        assertThat(rig.happened("shop", Payload.AlertLapsed.class)).hasSize(1);
        assertThat(alert().word()).isEqualTo("firing");
        assertThat(alert().care().acknowledged()).isEmpty();
    }

    @Test
    void anAcknowledgementOutlivesReopeningWithinItsTime() {
        act(FOR_4_HOURS, ada);
        var episode = alert().episode();
        disk("ok");
        assertThat(alert().word()).isEqualTo("resolved");
        disk("critical");
        assertThat(alert().episode()).isNotEqualTo(episode);
        assertThat(alert().word()).isEqualTo("acknowledged");

        disk("ok");
        clock.seconds(5 * 3600);
        disk("critical");
        assertThat(alert().word()).isEqualTo("firing");
    }

    @Test
    void anAcknowledgementUntilResolvedEndsWithTheEpisode() {
        act(UNTIL_RESOLVED, ada);
        disk("warning");
        assertThat(alert().word()).isEqualTo("acknowledged");
        disk("ok");
        disk("critical");
        assertThat(alert().word()).isEqualTo("firing");
    }

    @Test
    void anAcknowledgementStaysWhileTheCheckFlaps() {
        act(FOR_4_HOURS, ada);
        for (int i = 0; i < 12; i++) {
            disk(i % 2 == 0 ? "ok" : "critical");
        }
        assertThat(alert().flapping()).isTrue();
        assertThat(alert().word()).isEqualTo("acknowledged");
    }

    @Test
    void whatIsGivenBackIsNobodys() {
        act(FOR_4_HOURS, ada);
        act(new Act.Unacknowledge("gone home"), ada);
        assertThat(alert().word()).isEqualTo("firing");
        assertThat(alert().care().owned()).isFalse();
        assertThatThrownBy(() -> act(new Act.Unacknowledge(""), ada))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is nobody's");
    }

    @Test
    void whatIsResolvedByHandFiresAnewAtTheNextBadChangeAndNotBefore() {
        act(new Act.Resolve("disk was swapped"), ada);
        assertThat(alert().word()).isEqualTo("resolved");
        disk("critical");
        assertThat(alert().word()).isEqualTo("resolved");
        disk("warning");
        assertThat(alert().word()).isEqualTo("firing");
        assertThat(rig.happened("shop", Payload.AlertFired.class)).hasSize(2);
    }

    @Test
    void anAlertIsAssignedWithoutBeingAcknowledged() {
        act(new Act.Assign(Optional.of(bo), "your disk"), ada);
        assertThat(alert().word()).isEqualTo("firing");
        assertThat(alert().care().name()).isEqualTo("bo");
    }

    @Test
    void everyActSaysWhoDidItByWhichGrant() {
        act(FOR_4_HOURS, ada);
        var event = rig.all().getLast();
        assertThat(event.header().type()).isEqualTo("alert.acknowledged");
        assertThat(event.header().actor()).isEqualTo(ada.person());
        assertThat(event.header().grant()).contains(ada.admitted());
        assertThat(new AlertStory(rig.store, rig.events, rig.systems).of(alert().key(), 10))
                .extracting(e -> e.header().type())
                .containsExactly("alert.acknowledged");
    }

    @Test
    void undoPutsBackWhatNobodyChangedSinceAndSaysWhatItLeft() {
        rig.report(web1, "shop", "load", "critical");
        rig.alerting.run(clock.instant());
        var keys = List.of(AlertKey.parse(DISK), AlertKey.parse("shop/web1/load"));
        var done = rig.acts.act(keys, FOR_4_HOURS, Optional.of("system:shop"), Acts.Actor.of(ada));
        assertThat(done.count()).isEqualTo(2);
        act(FOR_4_HOURS, bo);
        var undone = rig.acts.undo(done.id(), Acts.Actor.of(ada));
        assertThat(undone.restored())
                .extracting(Object::toString)
                .containsExactly("shop/web1/load");
        assertThat(undone.left())
                .singleElement()
                .extracting(Acts.Left::why)
                .isEqualTo("was changed since");
        assertThat(alert().care().name()).isEqualTo("bo");
        assertThat(rig.alert("shop/web1/load").orElseThrow().word()).isEqualTo("firing");
        assertThatThrownBy(() -> rig.acts.undo(done.id(), Acts.Actor.of(ada)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nothing of");
    }

    @Test
    void undoingAResolveGoesOnWithTheSameEpisode() {
        var episode = alert().episode();
        var before = firings();
        var done = act(new Act.Resolve("no"), ada);
        rig.acts.undo(done.id(), Acts.Actor.of(ada));
        assertThat(alert().word()).isEqualTo("firing");
        assertThat(alert().episode()).isEqualTo(episode);
        assertThat(alert().output()).isEqualTo("disk is critical");
        assertThat(firings()).isEqualTo(before);
    }

    @Test
    void undoingAResolveLeavesWhatIsGoodMeanwhile() {
        var done = act(new Act.Resolve("no"), ada);
        disk("ok");
        assertThatThrownBy(() -> rig.acts.undo(done.id(), Acts.Actor.of(ada)))
                .hasMessageContaining("is good meanwhile");
        assertThat(alert().word()).isEqualTo("resolved");
    }

    @Test
    void whatFiredAnewSinceIsNotUndone() {
        var done = act(new Act.Resolve("no"), ada);
        disk("warning");
        assertThatThrownBy(() -> rig.acts.undo(done.id(), Acts.Actor.of(ada)))
                .hasMessageContaining("fired anew since");
    }

    @Test
    void anActOnManyIsOneEntryThatNamesAllAndOneEventInEachLog() {
        rig.system("bank", "disk");
        var web2 = rig.agent("web2", "bank");
        rig.report(web2, "bank", "disk", "critical");
        rig.alerting.run(clock.instant());
        var keys = rig.firing().stream().map(Alert::key).toList();
        var done =
                rig.acts.act(
                        keys, FOR_4_HOURS, Optional.of("severity:critical"), Acts.Actor.of(ada));
        var entry = rig.happened("instance", Payload.AlertBulk.class).getFirst();
        assertThat(entry.act()).isEqualTo(done.id());
        assertThat(entry.query()).isEqualTo("severity:critical");
        assertThat(entry.count()).isEqualTo(2);
        assertThat(entry.alerts()).containsExactlyInAnyOrder(DISK, "bank/web2/disk");
        assertThat(rig.happened("shop", Payload.AlertAcknowledged.class))
                .extracting(Payload.AlertAcknowledged::act)
                .containsExactly(done.id());
        assertThat(rig.happened("bank", Payload.AlertAcknowledged.class)).hasSize(1);
    }

    @Test
    void anActByAQueryThatIsNotUnderstoodIsRefused() {
        assertThatThrownBy(() -> meant("sytem:shop", FOR_4_HOURS, ada))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is no filter here");
        assertThatThrownBy(() -> meant("", FOR_4_HOURS, ada)).isInstanceOf(Refusal.class);
    }

    @Test
    void whatSomebodyElseHasIsTakenOverOnlyWhereTheQueryAsksForIt() {
        act(FOR_4_HOURS, bo);
        assertThat(meant("system:shop", FOR_4_HOURS, ada)).isEmpty();
        assertThat(meant("system:shop state:acknowledged", FOR_4_HOURS, ada)).hasSize(1);
        assertThat(meant("owner:bo", FOR_4_HOURS, ada)).hasSize(1);
        assertThat(meant("system:shop", FOR_4_HOURS, bo)).hasSize(1);
        assertThat(meant("owner:me", FOR_4_HOURS, ada)).isEmpty();
    }

    private List<AlertKey> meant(String query, Act act, Caller person) {
        return new Inquiry(
                        rig.store,
                        rig.alerts,
                        rig.systems,
                        rig.agents,
                        rig.silences,
                        _ -> _ -> true,
                        clock,
                        ZoneOffset.UTC)
                .meant(AlertQuery.parse(query), act, person);
    }
}
