package aramaki.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord;
import aramaki.server.alert.Silences.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SilencesTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord web1;
    private Caller ada;

    @BeforeEach
    void twoSystemsInTrouble() {
        rig = new Rig(folder, clock).ready();
        ada = rig.access.owner("ada");
        rig.document("shop", "title: shop\nlabels: {team: web}\n", "disk", "load");
        rig.document("bank", "title: bank\nsubsystems: [shop]\n", "disk");
        web1 = rig.agent("web1", "shop", "bank");
        rig.report(web1, "shop", "disk", "critical");
        rig.report(web1, "bank", "disk", "critical");
        rig.alerting.run(clock.instant());
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Wanted wanted(String... matchers) {
        return new Wanted(
                Optional.empty(),
                Stream.of(matchers).map(Matcher::parse).toList(),
                false,
                "",
                Optional.empty(),
                clock.instant().plus(Duration.ofHours(2)),
                "disk swap");
    }

    private Wanted about(String system) {
        return new Wanted(
                Optional.of(new SystemName(system)),
                List.of(),
                false,
                "",
                Optional.empty(),
                clock.instant().plus(Duration.ofHours(2)),
                "disk swap");
    }

    private List<String> hidden() {
        var hidden = rig.silences.hidden();
        return rig.firing().stream()
                .filter(a -> hidden.apply(a).isPresent())
                .map(a -> a.key().toString())
                .sorted()
                .toList();
    }

    @Test
    void matchersHoldTogetherAndLabelsComeFromTheSystem() {
        var silence = rig.silences.add(wanted("team=web", "check=~d.*"), ada);
        assertThat(hidden()).containsExactly("shop/web1/disk");
        rig.silences.expire(silence.id(), ada);
        assertThat(hidden()).isEmpty();
        rig.silences.add(wanted("team!=web", "entity!~db.*"), ada);
        assertThat(hidden()).containsExactly("bank/web1/disk");
    }

    @Test
    void aSilenceIsNoResolve() {
        rig.silences.add(wanted("check=disk"), ada);
        assertThat(rig.alert("shop/web1/disk").orElseThrow().word()).isEqualTo("firing");
        assertThat(hidden()).hasSize(2);
    }

    @Test
    void aSilenceAboutASystemCoversItsLayersAndStandsInItsLog() {
        rig.silences.add(about("bank"), ada);
        assertThat(hidden()).containsExactly("bank/web1/disk", "shop/web1/disk");
        assertThat(rig.happened("bank", Payload.SilenceAdded.class)).hasSize(1);
        rig.silences.add(wanted("check=disk"), ada);
        assertThat(rig.happened("instance", Payload.SilenceAdded.class)).hasSize(1);
    }

    @Test
    void onesOwnAreOnlyThoseOneHas() {
        var mine =
                new Wanted(
                        Optional.empty(),
                        List.of(),
                        true,
                        "lunch",
                        Optional.empty(),
                        clock.instant().plus(Duration.ofHours(1)),
                        "eating");
        rig.silences.add(mine, ada);
        assertThat(hidden()).isEmpty();
        rig.acts.act(
                AlertKey.parse("shop/web1/disk"),
                new Act.Acknowledge(Optional.empty(), ""),
                Acts.Actor.of(ada));
        assertThat(hidden()).containsExactly("shop/web1/disk");
    }

    @Test
    void aPreviewCountsWhatIsHiddenNowAndWhatWouldBe() {
        var preview = rig.silences.preview(wanted("team=web"), ada);
        assertThat(preview.now())
                .extracting(a -> a.key().toString())
                .containsExactly("shop/web1/disk");
        assertThat(preview.future())
                .extracting(AlertKey::toString)
                .containsExactly("shop/web1/load");
        assertThat(rig.silences.open()).isEmpty();
    }

    @Test
    void aSilenceWarnsAnHourBeforeItsEndOnceAndSaysAtTheEndWhatItHid() {
        rig.silences.add(wanted("check=disk"), ada);
        rig.report(web1, "shop", "disk", "ok");
        rig.alerting.run(clock.instant());
        rig.silences.run(clock.seconds(3590));
        assertThat(rig.happened(Payload.SilenceWarned.class)).isEmpty();
        rig.silences.run(clock.seconds(10));
        rig.silences.run(clock.seconds(10));
        assertThat(rig.happened(Payload.SilenceWarned.class))
                .singleElement()
                .satisfies(w -> assertThat(w.hides()).isEqualTo(1));
        rig.silences.run(clock.seconds(3600));
        assertThat(rig.happened(Payload.SilenceExpired.class))
                .singleElement()
                .satisfies(
                        e -> {
                            assertThat(e.hid()).isEqualTo(2);
                            assertThat(e.early()).isFalse();
                        });
        assertThat(rig.silences.ended(10)).extracting(Silence::hid).containsExactly(2);
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aSilenceOutlivesARestart() {
        rig.silences.add(wanted("check=disk"), ada);
        rig.close();
        rig = new Rig(folder, clock).ready();
        assertThat(hidden()).hasSize(2);
        assertThat(rig.rebuild.run(true).differences()).isEmpty();
    }

    @Test
    void aSilenceHasAnEndAReasonAndAPatternThatCanBeRead() {
        assertThatThrownBy(() -> rig.silences.add(wanted("check=~(["), ada))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no pattern in RE2 syntax");
        assertThatThrownBy(() -> wanted("check~x")).hasMessageContaining("is no condition");
        var tooLong =
                new Wanted(
                        Optional.empty(),
                        List.of(),
                        false,
                        "",
                        Optional.empty(),
                        clock.instant().plus(Duration.ofDays(91)),
                        "x");
        assertThatThrownBy(() -> rig.silences.add(tooLong, ada))
                .hasMessageContaining("at most 90 days");
        var noReason =
                new Wanted(
                        Optional.empty(),
                        List.of(),
                        false,
                        "",
                        Optional.empty(),
                        clock.instant().plus(Duration.ofDays(1)),
                        " \n");
        assertThatThrownBy(() -> rig.silences.add(noReason, ada))
                .hasMessageContaining("why it is to be quiet");
    }

    /// With an engine that tries every way, the first of these takes longer than the universe has.
    @Test
    @Timeout(20)
    void aRegularExpressionBombIsHarmless() {
        rig.silences.add(wanted("check=~(d*)*(i*)*(s*)*(k*)*x", "entity=~(w|we|web|web1)*y"), ada);
        rig.silences.add(wanted("check=~(.*)*(.*)*(.*)*(.*)*(.*)*(.*)*\\z{0,99}[^a]"), ada);
        assertThat(hidden()).isNotNull();
        assertThatThrownBy(() -> wanted("check=~(a{1000}){1000}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("becomes too large");
        assertThatThrownBy(() -> wanted("check=~" + "a".repeat(201)))
                .hasMessageContaining("at most 200 characters");
        String longest = "shop/" + "w".repeat(99) + "/" + "d".repeat(99);
        var bomb =
                rig.silences.open().stream()
                        .filter(s -> s.matchers().size() == 2)
                        .map(Matching::new)
                        .findFirst()
                        .orElseThrow()
                        .in(rig.systems.graph());
        assertThat(bomb.fits(AlertKey.parse(longest), "critical", _ -> aramaki.model.Labels.NONE))
                .isFalse();
    }
}
