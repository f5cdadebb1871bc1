package aramaki.server.seen;

import aramaki.model.timeline.EventType;
import aramaki.model.timeline.LogId;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.timeline.EventFeed;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The newest events that people want to hear of, in memory, so that home need not read the log for
/// each of its readers. It follows the log commit by commit; what happened before this server
/// started is read when somebody first asks.
public final class News {
    /// So many are kept; whoever was away for longer is told so.
    public static final int KEPT = 10_000;

    private static final Set<String> TYPES =
            Stream.of(EventType.values())
                    .map(EventType::word)
                    .filter(type -> NewsItem.kind(type).isPresent())
                    .collect(Collectors.toUnmodifiableSet());

    private final Store store;
    private final EventStore events;
    private final Systems systems;
    private final int kept;
    private final TreeMap<Long, NewsItem> items = new TreeMap<>();
    private long position;
    private boolean loaded;
    private boolean dropped;

    /// What is known at one moment.
    ///
    /// @param position the newest event of all, news or not
    /// @param complete whether these are all there ever were
    /// @param items oldest first
    public record Edition(long position, boolean complete, List<NewsItem> items) {
        /// Those after a mark, oldest first.
        public List<NewsItem> since(Mark mark) {
            return items.stream().filter(i -> mark.before(i.position(), i.at())).toList();
        }

        /// The part of it from these logs.
        Edition only(Predicate<LogId> seen) {
            return new Edition(
                    position,
                    complete,
                    items.stream().filter(i -> i.log().filter(seen).isPresent()).toList());
        }

        /// Whether everything after the mark is here.
        public boolean reaches(Mark mark) {
            return complete
                    || items.isEmpty()
                    || (mark.put()
                            ? items.getFirst().position() <= mark.position() + 1
                            : !items.getFirst().at().isAfter(mark.at()));
        }
    }

    public News(Store store, EventStore events, Systems systems) {
        this(store, events, systems, KEPT);
    }

    News(Store store, EventStore events, Systems systems, int kept) {
        this.store = store;
        this.events = events;
        this.systems = systems;
        this.kept = kept;
    }

    public EventFeed.Subscription follow(EventFeed feed) {
        return feed.listen(this::add);
    }

    /// The news as of now.
    public Edition now() {
        load();
        synchronized (this) {
            return new Edition(position, !dropped, List.copyOf(items.values()));
        }
    }

    private void load() {
        synchronized (this) {
            if (loaded) {
                return;
            }
        }
        // Without the lock: events that are told meanwhile must not wait for a reader.
        var newest = store.read(tx -> events.search(tx, all(Set.of(), 1)));
        var before = store.read(tx -> events.search(tx, all(TYPES, kept + 1)));
        var read = new ArrayList<NewsItem>();
        before.forEach(event -> item(event).ifPresent(read::add));
        synchronized (this) {
            if (!loaded) {
                newest.forEach(event -> position = Math.max(position, event.position()));
                read.forEach(item -> items.put(item.position(), item));
                trim();
                loaded = true;
            }
        }
    }

    private static EventStore.Query all(Set<String> types, int limit) {
        return new EventStore.Query(
                Set.of(),
                Set.of(),
                types,
                "",
                Long.MAX_VALUE,
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    private void add(StoredEvent event) {
        var item = item(event);
        synchronized (this) {
            position = Math.max(position, event.position());
            item.ifPresent(i -> items.put(i.position(), i));
            trim();
        }
    }

    private void trim() {
        while (items.size() > kept) {
            items.pollFirstEntry();
            dropped = true;
        }
    }

    private Optional<NewsItem> item(StoredEvent event) {
        return NewsItem.of(event, systems::nameOf);
    }
}
