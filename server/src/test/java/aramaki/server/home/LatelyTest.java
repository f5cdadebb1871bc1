package aramaki.server.home;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.AlertKey;
import aramaki.model.observation.State;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.Hash;
import aramaki.server.TestClock;
import aramaki.server.seen.Mark;
import aramaki.server.seen.News;
import aramaki.server.seen.NewsItem;
import aramaki.server.seen.NewsItem.Kind;
import aramaki.server.seen.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is told to a person who was away.
class LatelyTest {
    private static final Instant NOON = new TestClock().instant();
    private static final SystemId SYSTEM = new SystemId("s_" + "a".repeat(52));

    private final List<NewsItem> items = new ArrayList<>();

    private void alert(Kind kind, String key, State severity) {
        add(kind, "i_1", Optional.of(AlertKey.parse(key)), Optional.of(severity), key);
    }

    private void other(Kind kind, String actor, String topic) {
        add(kind, actor, Optional.empty(), Optional.empty(), topic);
    }

    private void add(
            Kind kind,
            String actor,
            Optional<AlertKey> alert,
            Optional<State> severity,
            String topic) {
        long position = items.size() + 1;
        items.add(
                new NewsItem(
                        kind,
                        "note.added",
                        position,
                        NOON.plusSeconds(position),
                        Hash.NONE,
                        SYSTEM,
                        actor,
                        alert,
                        severity,
                        topic,
                        topic));
    }

    private Lately since(long position, String... firing) {
        var keys = Set.of(firing);
        return Lately.since(
                new Mark(new Subject.Home(), position, NOON),
                new News.Edition(items.size(), true, items),
                "p_ada",
                key -> keys.contains(key.toString()));
    }

    private static List<String> topics(Lately lately) {
        return lately.lines().stream().map(l -> l.latest().topic()).toList();
    }

    @Test
    void nothingAfterTheMarkIsNothing() {
        other(Kind.NOTE, "p_bo", "before");

        assertThat(since(1).nothing()).isTrue();
        assertThat(since(1).lines()).isEmpty();
    }

    @Test
    void whatFiredAndEndedMeanwhileIsTheNewsWorstFirst() {
        alert(Kind.FIRED, "a/web1/load", State.WARNING);
        alert(Kind.RESOLVED, "a/web1/load", State.OK);
        alert(Kind.FIRED, "a/web1/disk", State.CRITICAL);
        alert(Kind.RESOLVED, "a/web1/disk", State.OK);
        alert(Kind.FIRED, "a/web1/swap", State.CRITICAL);

        var lately = since(0, "a/web1/swap");

        assertThat(topics(lately)).containsExactly("a/web1/disk", "a/web1/load");
        assertThat(List.of(lately.fired(), lately.firing(), lately.ended()))
                .containsExactly(3, 1, 2);
    }

    @Test
    void notesThenDefinitionsThenAgentsFollow() {
        other(Kind.AGENT, "i_1", "web1");
        other(Kind.DEFINITION, "p_bo", "shop");
        other(Kind.NOTE, "p_bo", "flushed");
        other(Kind.DEFINITION, "p_bo", "shop");

        var lately = since(0);

        assertThat(topics(lately)).containsExactly("flushed", "shop", "web1");
        assertThat(lately.lines().get(1).times()).isEqualTo(2);
        assertThat(lately.others())
                .isEqualTo(Map.of(Kind.NOTE, 1, Kind.DEFINITION, 2, Kind.AGENT, 1));
    }

    @Test
    void whatAPersonDidIsNoNewsToThatPerson() {
        other(Kind.NOTE, "p_ada", "mine");

        assertThat(since(0).nothing()).isTrue();
    }

    @Test
    void anAlertThatComesAndGoesIsCountedNotTold() {
        for (int i = 0; i < 40; i++) {
            alert(Kind.FIRED, "a/web1/load", State.WARNING);
            alert(Kind.RESOLVED, "a/web1/load", State.OK);
        }
        other(Kind.NOTE, "p_bo", "hm");

        var lately = since(0);

        assertThat(topics(lately)).containsExactly("hm");
        assertThat(lately.chronic())
                .isEqualTo(new Lately.Chronic(1, 40, Map.of(AlertKey.parse("a/web1/load"), 40)));
        assertThat(lately.fired()).isEqualTo(1);
    }

    @Test
    void fifteenLinesAreShownAndTheRestIsCountedAndAlertsLeaveRoomForOthers() {
        for (int i = 0; i < 100; i++) {
            alert(Kind.FIRED, "a/web" + i + "/load", State.CRITICAL);
            alert(Kind.RESOLVED, "a/web" + i + "/load", State.OK);
        }
        for (int i = 0; i < 7; i++) {
            other(Kind.NOTE, "p_bo", "note" + i);
        }

        var lately = since(0);

        assertThat(lately.lines()).hasSize(Lately.SHOWN);
        assertThat(lately.lines().stream().filter(l -> l.latest().alert().isPresent()))
                .hasSize(Lately.SHOWN_ALERTS);
        assertThat(lately.more()).isEqualTo(107 - Lately.SHOWN);
    }

    @Test
    void whoWasAwayForLongerThanTheNewsReachIsToldSo() {
        other(Kind.NOTE, "p_bo", "only");
        var edition = new News.Edition(9000, false, List.of(items.getFirst()));

        assertThat(edition.reaches(new Mark(new Subject.Home(), 1, NOON))).isTrue();
        var early = new News.Edition(9000, false, List.of(at(500)));
        assertThat(early.reaches(new Mark(new Subject.Home(), 3, NOON))).isFalse();
    }

    private NewsItem at(long position) {
        var item = items.getFirst();
        return new NewsItem(
                item.kind(),
                item.type(),
                position,
                item.at(),
                item.event(),
                item.system(),
                item.actor(),
                item.alert(),
                item.severity(),
                item.topic(),
                item.text());
    }
}
