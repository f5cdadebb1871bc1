package aramaki.server.audit;

import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.LogId;
import aramaki.server.audit.AccessLogStore.Place;
import aramaki.server.audit.AccessLogStore.Query;
import aramaki.server.sight.Sight;
import aramaki.server.store.Store;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// What people did, out of the logs, each act with the request that it came by; and what they
/// looked at, out of the access log.
public final class Audit {
    private static final String PERSON = "p_";
    private static final int BATCH = 1000;
    private static final int SCAN = 20_000;
    private static final int PLACES = 20;

    /// Types that no person is ever the author of, and of which there are most.
    private static final Set<EventType> BY_ITSELF =
            EnumSet.of(
                    EventType.STATE_CHANGED,
                    EventType.CHECK_FLAPPING,
                    EventType.CHECK_STEADY,
                    EventType.ALERT_FIRED,
                    EventType.ALERT_CHANGED,
                    EventType.ALERT_RESOLVED,
                    EventType.ALERT_REMINDED,
                    EventType.ALERT_LAPSED,
                    EventType.AGENT_CONNECTED,
                    EventType.AGENT_SILENT,
                    EventType.SERVER_STARTED,
                    EventType.SERVER_STOPPED);

    private static final Set<String> TYPES =
            Arrays.stream(EventType.values())
                    .filter(type -> !BY_ITSELF.contains(type))
                    .map(EventType::word)
                    .collect(Collectors.toUnmodifiableSet());

    private final Store store;
    private final EventStore events;
    private final Timeline timeline;
    private final AccessLogStore entries;
    private final AccessLog log;

    public Audit(
            Store store,
            EventStore events,
            Timeline timeline,
            AccessLogStore entries,
            AccessLog log) {
        this.store = store;
        this.events = events;
        this.timeline = timeline;
        this.entries = entries;
        this.log = log;
    }

    /// What to show; what is empty means everything.
    ///
    /// @param person id
    public record Filter(
            Optional<String> person,
            Optional<SystemName> system,
            Optional<Instant> since,
            Optional<Instant> until) {
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// An event whose author is a person.
    ///
    /// @param request it came by; empty when that is no longer kept, or was never known
    public record Act(StoredEvent event, Optional<AccessEntry> request) {}

    /// Some, newest first.
    ///
    /// @param next where the next page begins; empty on the last
    public record Page<T>(List<T> items, OptionalLong next) {}

    /// The newest acts below a position that who asks may see. Who of many authors did what is in
    /// no index, so a page may end early after a long stretch without a match.
    public Page<Act> acts(Filter filter, long before, int limit) {
        log.settle();
        var found = new ArrayList<StoredEvent>();
        long position = before;
        int seen = 0;
        while (found.isEmpty() || seen < SCAN) {
            var batch = timeline.find(events(filter, position));
            for (var event : batch) {
                if (found.size() == limit) {
                    return new Page<>(joined(found), OptionalLong.of(position));
                }
                position = event.position();
                if (isBy(filter, event)) {
                    found.add(event);
                }
            }
            seen += batch.size();
            if (batch.size() < BATCH) {
                return new Page<>(joined(found), OptionalLong.empty());
            }
        }
        return new Page<>(joined(found), OptionalLong.of(position));
    }

    private static Timeline.Filter events(Filter filter, long before) {
        return new Timeline.Filter(
                filter.system().map(Set::of).orElse(Set.of()),
                false,
                Set.of(),
                TYPES,
                "",
                filter.since(),
                filter.until(),
                before,
                BATCH);
    }

    private static boolean isBy(Filter filter, StoredEvent event) {
        String actor = event.header().actor();
        return filter.person().map(actor::equals).orElse(actor.startsWith(PERSON));
    }

    private List<Act> joined(List<StoredEvent> acts) {
        var hashes = acts.stream().map(StoredEvent::hash).toList();
        var requests = store.read(tx -> entries.causing(tx, hashes));
        return acts.stream()
                .map(act -> new Act(act, Optional.ofNullable(requests.get(act.hash()))))
                .toList();
    }

    /// The newest lines of the access log below an id that caused no event: looks, and what was
    /// refused. Those about a system that who asks may not see are left out.
    public Page<AccessEntry> looks(Filter filter, long before, int limit) {
        log.settle();
        var sight = Sight.current();
        var found = new ArrayList<AccessEntry>();
        long id = before;
        while (true) {
            long from = id;
            var batch = store.read(tx -> entries.find(tx, looks(filter, from)));
            for (var entry : batch) {
                if (found.size() == limit) {
                    return new Page<>(found, OptionalLong.of(id));
                }
                id = entry.id();
                if (sees(sight, entry)) {
                    found.add(entry);
                }
            }
            if (batch.size() < BATCH) {
                return new Page<>(found, OptionalLong.empty());
            }
        }
    }

    private static Query looks(Filter filter, long before) {
        return new Query(
                true,
                filter.person(),
                filter.system().map(SystemName::value),
                filter.since(),
                filter.until(),
                before,
                BATCH);
    }

    private static boolean sees(Sight sight, AccessEntry entry) {
        return entry.system().isEmpty() || sight.sees(new SystemName(entry.system()));
    }

    /// From where a person asked lately.
    public List<Place> places(String person) {
        log.settle();
        return store.read(tx -> entries.places(tx, person, PLACES));
    }

    /// The newest signed head of a log, as an envelope.
    public Optional<byte[]> head(LogId of) {
        return store.read(tx -> events.head(tx, of));
    }
}
