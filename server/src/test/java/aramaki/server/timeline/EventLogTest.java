package aramaki.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.Hash;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Order and chain of every log, whatever clocks and crashes do.
class EventLogTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock);
        rig.system("shop");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void everyLogIsAGaplessChain() {
        for (int i = 0; i < 20; i++) {
            note("n" + i);
        }
        assertChains();
    }

    private void assertChains() {
        var byLog =
                rig.all().stream().collect(Collectors.groupingBy(e -> e.header().log().toString()));
        assertThat(byLog).hasSize(4); // public and ops, of instance and shop
        byLog.values()
                .forEach(
                        log -> {
                            var before = Hash.NONE;
                            long seq = 0;
                            for (var event : log) {
                                assertThat(event.header().seq()).isEqualTo(++seq);
                                assertThat(event.header().prev()).isEqualTo(before);
                                before = event.hash();
                            }
                        });
    }

    @Test
    void aFailedUnitLeavesNoGap() {
        note("one");
        assertThatThrownBy(
                        () ->
                                rig.store.write(
                                        tx -> {
                                            rig.log.append(
                                                    tx,
                                                    shop(),
                                                    new Payload.NoteAdded("lost"),
                                                    clock.instant(),
                                                    rig.instance);
                                            throw Refusal.conflict("no", "changed my mind");
                                        }))
                .isInstanceOf(Refusal.class);
        note("two");
        assertThat(rig.happened(Payload.NoteAdded.class))
                .extracting(Payload.NoteAdded::text)
                .containsExactly("one", "two");
        assertChains();
    }

    @Test
    void timeGoesOnThoughTheClockGoesBack() {
        note("one");
        clock.set(clock.instant().minus(Duration.ofDays(3)));
        note("two");
        note("three");
        assertThat(times()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void timeGoesOnOverARestartThoughTheClockWentBack() {
        note("one");
        rig.close();
        clock.set(clock.instant().minus(Duration.ofDays(3)));
        rig = new Rig(folder, clock);
        note("two");
        assertThat(times()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void listenersHearOfAnEventOnlyWhenItIsDurable() {
        var heard = new ArrayList<Boolean>();
        try (var subscription =
                rig.feed.listen(
                        event ->
                                heard.add(
                                        rig.store
                                                .read(tx -> rig.events.find(tx, event.hash()))
                                                .isPresent()))) {
            assertThat(subscription).isNotNull();
            note("one");
        }
        note("two");
        assertThat(heard).containsExactly(true);
    }

    @Test
    void anIdIsTheHashOfTheDocumentThatCreatedTheSystem() {
        var created =
                rig.all().stream()
                        .filter(e -> e.header().log().system().equals(shop()))
                        .findFirst()
                        .orElseThrow();
        assertThat(created.header().type()).isEqualTo("system.created");
        byte[] payload = Objects.requireNonNull(created.payload());
        assertThat(EventBytes.systemId(payload)).isEqualTo(shop());
    }

    private SystemId shop() {
        return rig.systems.require(new aramaki.model.system.SystemName("shop")).id();
    }

    private List<aramaki.model.timeline.HybridTime> times() {
        return rig.all().stream().map(e -> e.header().recordedAt()).toList();
    }

    private void note(String text) {
        rig.store.write(
                tx ->
                        rig.log.append(
                                tx,
                                shop(),
                                new Payload.NoteAdded(text),
                                clock.instant(),
                                rig.instance));
    }
}
