package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.log.Payload;
import aramaki.server.sight.Sight;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore.Relation;
import aramaki.server.timeline.EventStore.Slot;
import aramaki.server.timeline.EventStore.SlotCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Events of one or more systems as people ask for them.
public final class Timeline {
    private static final int NOTES = 200;

    private final Store store;
    private final EventStore events;
    private final Landscape landscape;

    public Timeline(Store store, EventStore events, Landscape landscape) {
        this.store = store;
        this.events = events;
        this.landscape = landscape;
    }

    /// What to show; empty sets and texts mean everything.
    ///
    /// @param systems names; with `layers`, everything below them too
    public record Filter(
            Set<SystemName> systems,
            boolean layers,
            Set<String> classes,
            Set<String> types,
            String text,
            Optional<Instant> since,
            Optional<Instant> until,
            long before,
            int limit) {}

    /// A stretch of time and what to show of it; empty sets and texts mean everything.
    ///
    /// @param to not included
    public record Range(
            Set<SystemName> systems, Set<String> types, String text, Instant from, Instant to) {}

    /// Newest first, in the order in which they were recorded.
    public List<StoredEvent> find(Filter filter) {
        var wanted = new TreeSet<>(filter.systems());
        if (filter.layers()) {
            filter.systems().forEach(name -> wanted.addAll(landscape.graph().below(name)));
        }
        var ids = ids(wanted);
        if (!filter.systems().isEmpty() && ids.isEmpty()) {
            throw Refusal.notFound("system", wanted.first().value());
        }
        return visible(
                ids,
                filter.types(),
                filter.limit(),
                filter.before(),
                (systems, types, before) ->
                        read(
                                tx ->
                                        events.search(
                                                tx,
                                                new EventStore.Query(
                                                        systems,
                                                        filter.classes(),
                                                        types,
                                                        filter.text(),
                                                        before,
                                                        filter.since(),
                                                        filter.until(),
                                                        filter.limit()))));
    }

    /// One page of the store.
    private interface Page {
        List<StoredEvent> of(Set<String> systems, Set<String> types, long beyond);
    }

    /// Fills a page with what may be seen. The store narrows by systems and types; where somebody
    /// sees more of one system than of another, what is left over is left out here.
    private static List<StoredEvent> visible(
            Set<String> ids, Set<String> types, int limit, long beyond, Page page) {
        var sight = Sight.current();
        if (sight.everything()) {
            return page.of(ids, types, beyond);
        }
        var systems = narrowed(ids, sight.systems());
        var kinds = new HashSet<>(sight.types());
        if (!types.isEmpty()) {
            kinds.retainAll(types);
        }
        var found = new ArrayList<StoredEvent>();
        if (systems.isEmpty() || kinds.isEmpty()) {
            return found;
        }
        long from = beyond;
        while (true) {
            var next = page.of(systems, kinds, from);
            next.stream().filter(e -> sight.sees(e.header().log())).forEach(found::add);
            if (next.size() < limit || found.size() >= limit) {
                return List.copyOf(found.subList(0, Math.min(found.size(), limit)));
            }
            from = next.getLast().position();
        }
    }

    private static Set<String> narrowed(Set<String> ids, Set<SystemId> seen) {
        return seen.stream()
                .map(SystemId::value)
                .filter(id -> ids.isEmpty() || ids.contains(id))
                .collect(Collectors.toSet());
    }

    /// By the time at which they happened.
    ///
    /// @param beyond position of the last event of the page before; 0 for the first page
    public List<StoredEvent> happened(Range range, boolean newestFirst, long beyond, int limit) {
        var ids = ids(range.systems());
        if (ids.isEmpty() && !range.systems().isEmpty()) {
            return List.of();
        }
        return visible(
                ids,
                range.types(),
                limit,
                beyond,
                (systems, types, after) ->
                        read(
                                tx ->
                                        events.happened(
                                                tx,
                                                new EventStore.Happened(
                                                        systems,
                                                        types,
                                                        range.text(),
                                                        range.from(),
                                                        range.to(),
                                                        newestFirst,
                                                        after,
                                                        limit))));
    }

    /// How many events of these types there are in each slot.
    public List<SlotCount> count(Set<SystemName> systems, List<String> types, List<Slot> slots) {
        var ids = ids(systems);
        if (ids.isEmpty() && !systems.isEmpty()) {
            return List.of();
        }
        var sight = Sight.current();
        if (sight.everything()) {
            return store.read(tx -> events.count(tx, ids, types, slots));
        }
        var counts = new ArrayList<SlotCount>();
        sight.alike()
                .forEach(
                        (kinds, alike) -> {
                            var narrowed = narrowed(ids, alike);
                            var wanted = types.stream().filter(kinds::contains).toList();
                            if (!narrowed.isEmpty() && !wanted.isEmpty()) {
                                counts.addAll(
                                        store.read(
                                                tx -> events.count(tx, narrowed, wanted, slots)));
                            }
                        });
        return counts;
    }

    private static List<StoredEvent> seen(List<StoredEvent> events) {
        var sight = Sight.current();
        return events.stream().filter(e -> sight.sees(e.header().log())).toList();
    }

    /// Events whose content was taken away say by whom and why.
    private List<StoredEvent> read(Function<Tx, List<StoredEvent>> what) {
        return store.read(
                tx ->
                        what.apply(tx).stream()
                                .map(e -> e.payload() == null ? redacted(tx, e) : e)
                                .toList());
    }

    private StoredEvent redacted(Tx tx, StoredEvent event) {
        return events.referring(tx, event.hash(), Relation.REDACTED, 1).stream()
                .flatMap(e -> e.data().stream())
                .filter(Payload.EventRedacted.class::isInstance)
                .map(Payload.EventRedacted.class::cast)
                .findFirst()
                .map(event::redacted)
                .orElse(event);
    }

    private Set<String> ids(Set<SystemName> names) {
        return names.stream()
                .flatMap(name -> landscape.idOf(name).stream())
                .map(id -> id.value())
                .collect(Collectors.toSet());
    }

    /// The notes that are attached to an event, oldest first.
    public List<StoredEvent> notesAbout(Hash event) {
        return seen(read(tx -> events.referring(tx, event, Relation.ABOUT, NOTES)));
    }

    /// The events that link to an event, oldest first.
    public List<StoredEvent> linkingTo(Hash event) {
        return seen(read(tx -> events.referring(tx, event, Relation.LINK, NOTES)));
    }

    public Optional<StoredEvent> find(Hash hash) {
        return seen(read(tx -> events.find(tx, hash).stream().toList())).stream().findFirst();
    }

    public StoredEvent require(String id) {
        if (!id.matches("[0-9a-f]{64}")) {
            throw Refusal.invalid("bad-event-id", "an event id has 64 hexadecimal digits");
        }
        return find(new Hash(id)).orElseThrow(() -> Refusal.notFound("event", id));
    }

    /// The event after this one in its log; empty for the last.
    public Optional<StoredEvent> next(StoredEvent event) {
        var header = event.header();
        return read(tx -> events.ofLog(tx, header.log(), header.epoch(), header.seq(), 1)).stream()
                .findFirst();
    }

    /// The short name of the event's system, or its id when the system is gone.
    public String systemOf(StoredEvent event) {
        var id = event.header().log().system();
        return landscape.nameOf(id).map(SystemName::value).orElse(id.value());
    }
}
