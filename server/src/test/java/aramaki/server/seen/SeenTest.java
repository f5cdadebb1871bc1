package aramaki.server.seen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is new to whom, and how marks move.
class SeenTest {
    private static final Caller ADA = new Caller("p_ada", "ada", "owner", new Hash("a".repeat(64)));
    private static final Caller BO = new Caller("p_bo", "bo", "owner", new Hash("b".repeat(64)));
    private static final Subject HOME = new Subject.Home();

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private News news;
    private Seen seen;
    private AgentRecord web1;

    @BeforeEach
    void start() {
        rig = new Rig(folder, clock);
        news = new News(rig.store, rig.events, rig.systems);
        news.follow(rig.feed);
        seen = new Seen(rig.store, rig.backend.seen(), news, clock);
        rig.system("shop", "http", "load");
        rig.document("top", "title: Top\nsubsystems: [shop]\n");
        web1 = rig.agent("web1", "shop");
        rig.ready();
        rig.report(web1, "shop", "http", "ok");
        rig.report(web1, "shop", "load", "ok");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void fires(String check) {
        clock.seconds(1);
        rig.report(web1, "shop", check, "critical");
        rig.firing();
    }

    private List<String> newTo(Caller person) {
        var attention = seen.attention(person, rig.systems.graph());
        return rig.firing().stream()
                .filter(attention::isNew)
                .map(a -> a.key().about().check().value())
                .sorted()
                .toList();
    }

    private void mark(Caller person, Subject subject) {
        seen.mark(person, List.of(subject), Optional.empty());
    }

    @Test
    void anAlertIsNewToEachPersonUntilThatPersonMarksIt() {
        fires("http");
        assertThat(newTo(ADA)).containsExactly("http");

        mark(ADA, HOME);
        assertThat(newTo(ADA)).isEmpty();
        assertThat(newTo(BO)).containsExactly("http");

        fires("load");
        assertThat(newTo(ADA)).containsExactly("load");
        assertThat(newTo(BO)).containsExactly("http", "load");
    }

    @Test
    void aMarkOnASystemCoversItsLayersAndNothingElse() {
        fires("http");
        mark(ADA, new Subject.OfSystem(new SystemName("shop")));
        mark(BO, new Subject.OfSystem(new SystemName("top")));

        assertThat(newTo(ADA)).isEmpty();
        assertThat(newTo(BO)).isEmpty();

        fires("load");
        mark(BO, new Subject.OfSystem(new SystemName("instance")));
        assertThat(newTo(BO)).containsExactly("load");
    }

    @Test
    void aMarkOnAnAlertCoversThatOneOnly() {
        fires("http");
        fires("load");
        mark(ADA, new Subject.OfAlert(AlertKey.parse("shop/web1/http")));

        assertThat(newTo(ADA)).containsExactly("load");
    }

    @Test
    void anAlertThatChangesAfterTheMarkIsNewAgain() {
        fires("http");
        mark(ADA, HOME);
        clock.seconds(1);
        rig.report(web1, "shop", "http", "warning");

        assertThat(rig.firing()).hasSize(1);
        assertThat(newTo(ADA)).containsExactly("http");
    }

    @Test
    void whatHappenedAfterThePageWasMadeStaysNewWhenThePageIsMarked() {
        fires("http");
        long shown = seen.position();
        fires("load");
        seen.mark(ADA, List.of(HOME), Optional.of(shown));

        assertThat(newTo(ADA)).containsExactly("load");
    }

    @Test
    void aResultThatComesLateIsNewThoughItIsOlderThanTheMark() {
        clock.seconds(10);
        mark(ADA, HOME);
        var earlier = clock.instant().minus(Duration.ofSeconds(5));
        rig.send(web1, rig.result(web1, "shop", "http", "critical", earlier));

        assertThat(rig.firing()).hasSize(1);
        assertThat(newTo(ADA)).containsExactly("http");
    }

    @Test
    void aMarkNeverMovesBackAndNeverBeyondWhatThereIs() {
        fires("http");
        long early = seen.position();
        fires("load");
        mark(ADA, HOME);
        long put = seen.marks(ADA).home().position();
        seen.mark(ADA, List.of(HOME), Optional.of(early));

        assertThat(seen.marks(ADA).home().position()).isEqualTo(put);
        assertThatThrownBy(() -> seen.mark(ADA, List.of(HOME), Optional.of(put + 1000)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("upTo");
        assertThatThrownBy(() -> seen.mark(ADA, List.of(HOME), Optional.of(0L)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aMarkOnEverythingForgetsTheEarlierOnesOnParts() {
        fires("http");
        mark(ADA, new Subject.OfAlert(AlertKey.parse("shop/web1/http")));
        fires("load");
        mark(ADA, HOME);

        assertThat(seen.marks(ADA).all()).extracting(Mark::subject).containsExactly(HOME);
    }

    @Test
    void whoHasNeverMarkedAnythingIsShownTheLastDay() {
        fires("http");
        rig.pass(Duration.ofSeconds(5), web1);
        assertThat(newTo(BO)).containsExactly("http");

        clock.seconds(Mark.AT_FIRST.toSeconds());
        assertThat(newTo(BO)).isEmpty();
    }

    @Test
    void afterARestartMarksHoldAndNewsAreReadFromTheLog() {
        fires("http");
        mark(ADA, HOME);
        fires("load");
        long before = seen.position();
        rig.close();
        rig = new Rig(folder, clock);
        var again =
                new Seen(
                        rig.store,
                        rig.backend.seen(),
                        new News(rig.store, rig.events, rig.systems),
                        clock);

        var attention = again.attention(ADA, rig.systems.graph());

        assertThat(rig.firing().stream().filter(attention::isNew))
                .singleElement()
                .matches(a -> a.key().about().check().value().equals("load"));
        assertThat(again.position()).isEqualTo(before);
    }

    @Test
    void newsBeyondTheBoundAreDroppedAndTheEditionSaysSo() {
        var few = new News(rig.store, rig.events, rig.systems, 3);
        few.follow(rig.feed);
        fires("http");
        fires("load");
        clock.seconds(1);
        rig.report(web1, "shop", "http", "ok");
        rig.firing();

        var edition = few.now();

        assertThat(edition.items()).hasSize(3);
        assertThat(edition.complete()).isFalse();
        assertThat(edition.reaches(new Mark(HOME, 1, clock.instant()))).isFalse();
        assertThat(edition.reaches(new Mark(HOME, edition.position(), clock.instant()))).isTrue();
    }
}
