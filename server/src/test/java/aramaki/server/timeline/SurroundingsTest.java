package aramaki.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentLandscape;
import aramaki.server.timeline.Surroundings.Near;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What else happened, and in which order people are told.
class SurroundingsTest {
    @TempDir private Path folder;
    private Rig rig;
    private Surroundings surroundings;

    @BeforeEach
    void open() {
        rig = new Rig(folder, new TestClock());
        rig.system("db");
        rig.document("shop", "title: Shop\nsubsystems: [db]\n");
        rig.document("everything", "title: All\nsubsystems: [shop]\n");
        rig.system("neighbour");
        rig.system("office");
        rig.agent("web1", "shop", "neighbour");
        rig.clock.seconds(86_400);
        surroundings = new Surroundings(rig.timeline, new AgentLandscape(rig.systems, rig.agents));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void nearSystemsComeFirstAndTheNearestOfThemFirst() {
        note("office", 0);
        note("db", -120);
        var middle = note("shop", 0);
        note("everything", 60);
        note("neighbour", 30);
        note("shop", -5);
        note("shop", 3600);

        var near = surroundings.of(middle, Duration.ofMinutes(10));

        assertThat(near)
                .extracting(n -> name(n) + " " + n.relation().word() + " " + n.offset().toSeconds())
                .containsExactly(
                        "shop same -5",
                        "neighbour shares-agent 30",
                        "everything above 60",
                        "db below -120",
                        "office elsewhere 0");
    }

    @Test
    void aMomentOfNoSystemShowsAll() {
        note("office", 1);
        note("shop", -2);

        var near = surroundings.of(rig.clock.instant(), Optional.empty(), Duration.ofMinutes(1));

        assertThat(near).extracting(this::name).containsExactly("office", "shop");
    }

    @Test
    void bothEndsBelongToIt() {
        note("shop", -60);
        note("shop", 60);
        note("shop", 61);
        note("shop", -61);

        var shop = Optional.of(new SystemName("shop"));

        assertThat(surroundings.of(rig.clock.instant(), shop, Duration.ofSeconds(60)))
                .extracting(n -> n.offset().toSeconds())
                .containsExactly(-60L, 60L);
    }

    @Test
    void aCrowdElsewhereDoesNotHideTheNear() {
        note("shop", -500);
        for (int i = 0; i < 300; i++) {
            note("office", i % 50);
        }

        var shop = Optional.of(new SystemName("shop"));
        var near = surroundings.of(rig.clock.instant(), shop, Duration.ofMinutes(10));

        assertThat(name(near.getFirst())).isEqualTo("shop");
        assertThat(near.size()).isBetween(200, 402);
    }

    @Test
    void aSystemThatIsGoneIsElsewhere() {
        var middle = note("office", 0);
        note("office", 5);
        rig.systems.delete(new SystemName("office"), rig.instance);

        var near = surroundings.of(middle, Duration.ofSeconds(30));

        assertThat(near)
                .filteredOn(n -> n.event().header().type().equals("note.added"))
                .extracting(Near::relation)
                .isEqualTo(List.of(Surroundings.Relation.ELSEWHERE));
    }

    private String name(Near near) {
        return rig.timeline.systemOf(near.event());
    }

    private StoredEvent note(String system, long seconds) {
        var id = rig.systems.require(new SystemName(system)).id();
        var at = rig.clock.instant().plusSeconds(seconds);
        return rig.store.write(
                tx -> rig.log.append(tx, id, new Payload.NoteAdded("x"), at, rig.instance));
    }
}
