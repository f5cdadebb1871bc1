package aramaki.server.timeline;

import static aramaki.server.store.Look.list;
import static aramaki.server.store.Look.maybe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.HybridTime;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Payload;
import aramaki.server.TestClock;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of events promises.
public abstract class EventStoreContract {
    protected static final LogId OPS = log('a', EventClass.OPS);
    protected static final LogId OTHER = log('b', EventClass.OPS);

    @TempDir protected Path folder;
    private EventStore events;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        events = backend.events();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEventComesBackByteForByte() {
        var event = append(OPS, "first", 0);
        var found = store.read(tx -> events.find(tx, event.hash())).orElseThrow();
        assertThat(found.position()).isEqualTo(event.position());
        assertThat(found.headerBytes()).isEqualTo(event.headerBytes());
        assertThat(found.salt()).isEqualTo(event.salt());
        assertThat(found.payload()).isEqualTo(event.payload());
        assertThat(found.header()).isEqualTo(event.header());
    }

    @Test
    void aLogWithoutEventsEndsAtNothing() {
        assertThat(store.<EventStore.End>read(tx -> events.end(tx, OPS)))
                .isEqualTo(EventStore.End.NOTHING);
        assertThat(list(store, events::logs)).isEmpty();
        assertThat(store.<HybridTime>read(events::lastRecorded)).isEqualTo(HybridTime.ZERO);
    }

    @Test
    void eachLogEndsAtItsLastEvent() {
        append(OPS, "one", 0);
        var last = append(OPS, "two", 0);
        append(OTHER, "elsewhere", 0);
        assertThat(store.<EventStore.End>read(tx -> events.end(tx, OPS)))
                .isEqualTo(new EventStore.End(0, 2, last.hash()));
        assertThat(list(store, events::logs)).containsExactly(OPS, OTHER);
    }

    @Test
    void positionsGrowOverAllLogs() {
        var positions = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            positions.add(append(i % 2 == 0 ? OPS : OTHER, "n" + i, 0).position());
        }
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        var all = store.read(tx -> events.after(tx, 0, 100));
        assertThat(all).extracting(StoredEvent::position).containsExactlyElementsOf(positions);
        var some = store.read(tx -> events.after(tx, positions.get(1), 2));
        assertThat(some)
                .extracting(StoredEvent::position)
                .containsExactly(positions.get(2), positions.get(3));
    }

    @Test
    void aLogIsReadInItsOrderPageByPage() {
        for (int i = 0; i < 5; i++) {
            append(OPS, "n" + i, 0);
            append(OTHER, "m" + i, 0);
        }
        assertThat(list(store, tx -> events.ofLog(tx, OPS, 0, 0, 3)))
                .extracting(this::seq)
                .containsExactly(1L, 2L, 3L);
        assertThat(list(store, tx -> events.ofLog(tx, OPS, 0, 3, 3)))
                .extracting(this::seq)
                .containsExactly(4L, 5L);
        assertThat(list(store, tx -> events.ofLog(tx, OPS, 1, 0, 3))).isEmpty();
    }

    @Test
    void theSamePlaceInALogIsTakenOnce() {
        var event = append(OPS, "one", 0);
        var twin = event(OPS, 1, event.header().prev(), "another first", 0);
        assertThatThrownBy(() -> store.write(tx -> events.append(tx, twin)))
                .isInstanceOf(RuntimeException.class);
        assertThat(list(store, tx -> events.after(tx, 0, 9))).hasSize(1);
    }

    @Test
    void theLatestHybridTimeIsOfAllLogs() {
        append(OPS, "late", 500);
        append(OTHER, "early", 100);
        assertThat(store.<HybridTime>read(events::lastRecorded))
                .isEqualTo(new HybridTime(TestClock.START.toEpochMilli() + 500, 0));
    }

    @Test
    void searchFindsNewestFirstByEveryCriterion() {
        append(OPS, "Disk is FULL 100%", 0);
        append(OPS, "all well", 1000);
        append(OTHER, "disk is full 100 times", 2000);
        assertThat(texts(query("", Set.of(), Long.MAX_VALUE)))
                .containsExactly("disk is full 100 times", "all well", "Disk is FULL 100%");
        assertThat(texts(query("full 100", Set.of(), Long.MAX_VALUE))).hasSize(2);
        assertThat(texts(query("100%", Set.of(), Long.MAX_VALUE)))
                .containsExactly("Disk is FULL 100%");
        assertThat(texts(query("disk_is", Set.of(), Long.MAX_VALUE))).isEmpty();
        assertThat(texts(query("", Set.of(OTHER.system().value()), Long.MAX_VALUE)))
                .containsExactly("disk is full 100 times");
        var second = store.read(tx -> events.after(tx, 0, 9)).get(1);
        assertThat(texts(query("", Set.of(), second.position())))
                .containsExactly("Disk is FULL 100%");
        var until =
                new EventStore.Query(
                        Set.of(),
                        Set.of("ops"),
                        Set.of("note.added"),
                        "",
                        Long.MAX_VALUE,
                        Optional.of(TestClock.START.plusMillis(500)),
                        Optional.of(TestClock.START.plusMillis(1500)),
                        1);
        assertThat(texts(until)).containsExactly("all well");
    }

    @Test
    void aHeadIsKeptPerLogUntilTheLogGrows() {
        append(OPS, "one", 0);
        append(OTHER, "one", 0);
        assertThat(list(store, events::withoutHead)).containsExactlyInAnyOrder(OPS, OTHER);
        byte[] envelope = "{}".getBytes(StandardCharsets.UTF_8);
        store.write(
                tx -> {
                    events.saveHead(tx, OPS, 0, 1, envelope);
                    return 0;
                });
        assertThat(list(store, events::withoutHead)).containsExactly(OTHER);
        assertThat(maybe(store, tx -> events.head(tx, OPS))).hasValue(envelope);
        assertThat(maybe(store, tx -> events.head(tx, OTHER))).isEmpty();
        append(OPS, "two", 0);
        assertThat(list(store, events::withoutHead)).contains(OPS);
        assertThat(maybe(store, tx -> events.head(tx, OPS))).hasValue(envelope);
    }

    @Test
    void eventsComeInTheOrderOfTimePageByPage() {
        append(OPS, "second", 1000);
        append(OTHER, "first", 0);
        append(OPS, "third a", 2000);
        append(OTHER, "third b", 2000);
        append(OPS, "fourth", 3000);
        assertThat(happened(true, 0, 9))
                .containsExactly("fourth", "third b", "third a", "second", "first");
        assertThat(happened(false, 0, 3)).containsExactly("first", "second", "third a");
        assertThat(happened(true, position("third b"), 9))
                .containsExactly("third a", "second", "first");
        assertThat(happened(false, position("third a"), 9)).containsExactly("third b", "fourth");
    }

    @Test
    void aStretchOfTimeEndsBeforeItsEnd() {
        append(OPS, "in", 0);
        append(OPS, "out", 1000);
        assertThat(
                        happened(
                                new EventStore.Happened(
                                        Set.of(OPS.system().value()),
                                        Set.of("note.added"),
                                        "I",
                                        TestClock.START,
                                        TestClock.START.plusMillis(1000),
                                        true,
                                        0,
                                        9)))
                .containsExactly("in");
    }

    @Test
    void everyEventIsCountedInItsSlotAndNoOther() {
        append(OPS, "a", 0);
        append(OPS, "b", 999);
        append(OPS, "c", 1000);
        append(OTHER, "d", 1000);
        var slots =
                List.of(
                        new EventStore.Slot(TestClock.START, TestClock.START.plusSeconds(1)),
                        new EventStore.Slot(
                                TestClock.START.plusSeconds(1), TestClock.START.plusSeconds(2)));
        var types = List.of("note.added", "alert.fired");
        assertThat(list(store, tx -> events.count(tx, Set.of(), types, slots)))
                .containsExactlyInAnyOrder(
                        new EventStore.SlotCount("note.added", 0, 2),
                        new EventStore.SlotCount("note.added", 1, 2));
        var one = Set.of(OTHER.system().value());
        assertThat(list(store, tx -> events.count(tx, one, types, slots)))
                .containsExactly(new EventStore.SlotCount("note.added", 1, 1));
        assertThat(list(store, tx -> events.count(tx, one, List.of(), slots))).isEmpty();
    }

    @Test
    void whoSpeaksOfAnEventIsFoundOnce() {
        var target = append(OPS, "target", 0);
        var note = append(OTHER, "note", 1);
        for (int i = 0; i < 2; i++) {
            store.write(
                    tx -> {
                        events.refer(tx, target.hash(), note.hash(), EventStore.Relation.ABOUT);
                        return 0;
                    });
        }
        assertThat(referring(target, EventStore.Relation.ABOUT)).containsExactly(note.hash());
        assertThat(referring(target, EventStore.Relation.LINK)).isEmpty();
        assertThat(referring(note, EventStore.Relation.ABOUT)).isEmpty();
    }

    @Test
    void whatWasReceivedIsRememberedOnce() {
        var event = append(OPS, "told", 0);
        var identity = aramaki.model.timeline.Hash.of(new byte[32]);
        assertThat(maybe(store, tx -> events.received(tx, identity))).isEmpty();
        store.write(
                tx -> {
                    events.saveReceived(tx, identity, event.hash());
                    return 0;
                });
        assertThat(maybe(store, tx -> events.received(tx, identity))).hasValue(event.hash());
        assertThatThrownBy(
                        () ->
                                store.write(
                                        tx -> {
                                            events.saveReceived(tx, identity, event.hash());
                                            return 0;
                                        }))
                .isInstanceOf(RuntimeException.class);
    }

    private List<aramaki.model.timeline.Hash> referring(
            StoredEvent target, EventStore.Relation relation) {
        return list(store, tx -> events.referring(tx, target.hash(), relation, 9)).stream()
                .map(StoredEvent::hash)
                .toList();
    }

    private List<String> happened(boolean backwards, long beyond, int limit) {
        return happened(
                new EventStore.Happened(
                        Set.of(),
                        Set.of(),
                        "",
                        TestClock.START,
                        TestClock.START.plusSeconds(60),
                        backwards,
                        beyond,
                        limit));
    }

    private List<String> happened(EventStore.Happened query) {
        return list(store, tx -> events.happened(tx, query)).stream().map(this::text).toList();
    }

    private long position(String text) {
        return list(store, tx -> events.after(tx, 0, 99)).stream()
                .filter(e -> text(e).equals(text))
                .findFirst()
                .orElseThrow()
                .position();
    }

    private String text(StoredEvent event) {
        return event.data().map(d -> ((Payload.NoteAdded) d).text()).orElse("?");
    }

    private EventStore.Query query(String text, Set<String> systems, long before) {
        return new EventStore.Query(
                systems, Set.of(), Set.of(), text, before, Optional.empty(), Optional.empty(), 100);
    }

    private List<String> texts(EventStore.Query query) {
        return store.read(tx -> events.search(tx, query)).stream().map(this::text).toList();
    }

    private long seq(StoredEvent event) {
        return event.header().seq();
    }

    private StoredEvent append(LogId log, String text, long afterMillis) {
        return store.write(
                tx -> {
                    var end = events.end(tx, log);
                    var event = event(log, end.seq() + 1, end.hash(), text, afterMillis);
                    return event.at(events.append(tx, event));
                });
    }

    private static StoredEvent event(
            LogId log, long seq, aramaki.model.timeline.Hash prev, String text, long afterMillis) {
        byte[] payload = Json.bytes(new Payload.NoteAdded(text));
        byte[] salt = new byte[EventBytes.SALT];
        Instant at = TestClock.START.plusMillis(afterMillis);
        var header =
                new EventHeader(
                        log,
                        0,
                        seq,
                        prev,
                        "note.added",
                        at,
                        new HybridTime(at.toEpochMilli(), 0),
                        "i_test",
                        Optional.empty(),
                        Optional.empty(),
                        EventBytes.payloadHash(salt, payload));
        return StoredEvent.of(0, EventBytes.header(header), salt, payload);
    }

    private static LogId log(char letter, EventClass eventClass) {
        return new LogId(new SystemId("s_" + String.valueOf(letter).repeat(52)), eventClass);
    }
}
