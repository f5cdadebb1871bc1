package aramaki.server.web;

import aramaki.model.Names;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Lane;
import aramaki.protocol.log.Payload;
import aramaki.server.alert.Acts;
import aramaki.server.query.Query;
import aramaki.server.sight.Sight;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds events by a query. The store narrows by system, type, class, time and one text; the rest
/// is looked at here, within a bound, so that no query holds up the server: what lies further back
/// is the next page.
final class EventSearch {
    /// How many events one page looks at.
    static final int SCAN = 5000;

    private static final int PAGE = 100;
    private static final int BATCH = 500;
    private static final Set<String> KEYS =
            Set.of("system", "lane", "type", "class", "entity", "check", "by", "since", "until");
    private static final List<String> TYPES =
            Arrays.stream(EventType.values()).map(EventType::word).toList();
    private static final List<String> LANES = Arrays.stream(Lane.values()).map(Lane::word).toList();
    private static final List<String> CLASSES =
            Arrays.stream(EventClass.values()).map(EventClass::word).toList();

    private final Services services;
    private final EventRows rows;

    EventSearch(Services services, EventRows rows) {
        this.services = services;
        this.rows = rows;
    }

    /// A page of events, newest first.
    ///
    /// @param older where the next page begins; empty on the last
    record Found(List<StoredEvent> events, OptionalLong older) {
        static final Found NOTHING = new Found(List.of(), OptionalLong.empty());

        Optional<Long> newest() {
            return events.stream().findFirst().map(StoredEvent::position);
        }
    }

    Query parse(String text) {
        var systems = services.systems();
        var sight = Sight.current();
        var names =
                systems.all().stream()
                        .filter(s -> sight.sees(s.name()))
                        .map(s -> s.name().value())
                        .limit(10)
                        .toList();
        return Query.parse(text, KEYS)
                .known("system", names, word -> named(word).anyMatch(_ -> true))
                .known("type", TYPES, word -> !ofType(word).isEmpty())
                .known("lane", LANES, LANES::contains)
                .known("class", CLASSES, CLASSES::contains);
    }

    /// What the store is to look for; empty when nothing can be found.
    Optional<Timeline.Filter> filter(Query query, Moment moment) {
        var systems = systems(query);
        var types =
                TYPES.stream()
                        .filter(t -> query.passes("type", w -> ofType(w).contains(t)))
                        .filter(t -> query.passes("lane", laneOf(t)::equals));
        boolean typed = query.has("type") || query.has("lane");
        var classes = CLASSES.stream().filter(c -> query.passes("class", c::equals));
        var filter =
                new Timeline.Filter(
                        systems,
                        false,
                        query.has("class") ? classes.collect(Collectors.toSet()) : Set.of(),
                        typed ? types.collect(Collectors.toSet()) : Set.of(),
                        text(query),
                        query.moment("since", moment.now(), services.zone()),
                        query.moment("until", moment.now(), services.zone()),
                        Long.MAX_VALUE,
                        PAGE);
        boolean nothing =
                query.has("system") && systems.isEmpty()
                        || typed && filter.types().isEmpty()
                        || query.has("class") && filter.classes().isEmpty();
        return nothing ? Optional.empty() : Optional.of(filter);
    }

    /// The newest ones below a position, in the order of recording.
    Found before(Query query, Timeline.Filter filter, OptionalLong before) {
        return collect(
                query,
                before.orElse(Long.MAX_VALUE),
                (position, limit) -> services.timeline().find(at(filter, position, limit)));
    }

    /// The latest ones of a stretch of time, in the order of time.
    Found latest(Query query, Timeline.Range range, OptionalLong before) {
        return collect(
                query,
                before.orElse(0),
                (position, limit) -> services.timeline().happened(range, true, position, limit));
    }

    private Found collect(Query query, long start, Batches batches) {
        var found = new ArrayList<StoredEvent>();
        long position = start;
        int limit = looksCloser(query) ? BATCH : PAGE + 1;
        for (int seen = 0; seen < SCAN; seen += limit) {
            var batch = batches.next(position, limit);
            for (var event : batch) {
                if (found.size() == PAGE) {
                    return new Found(found, OptionalLong.of(position));
                }
                position = event.position();
                if (matches(query, event)) {
                    found.add(event);
                }
            }
            if (batch.size() < limit) {
                return new Found(found, OptionalLong.empty());
            }
        }
        return new Found(found, OptionalLong.of(position));
    }

    private interface Batches {
        List<StoredEvent> next(long position, int limit);
    }

    /// The oldest ones above a position; empty when the newest page has all of them.
    Optional<Found> after(Query query, Timeline.Filter filter, long after) {
        for (int width = PAGE * 2; width <= SCAN * 4; width *= 8) {
            var matching =
                    services.timeline().find(at(filter, after + 1 + width, width)).stream()
                            .filter(e -> e.position() > after)
                            .filter(e -> matches(query, e))
                            .toList();
            if (matching.size() >= PAGE) {
                var page = matching.subList(matching.size() - PAGE, matching.size());
                return Optional.of(new Found(page, OptionalLong.of(page.getLast().position())));
            }
        }
        return Optional.empty();
    }

    /// The same in a stretch of time.
    Optional<Found> later(Query query, Timeline.Range range, long after) {
        var later =
                services.timeline().happened(range, false, after, SCAN).stream()
                        .filter(e -> matches(query, e))
                        .limit(PAGE)
                        .toList();
        return later.size() < PAGE
                ? Optional.empty()
                : Optional.of(
                        new Found(later.reversed(), OptionalLong.of(later.getFirst().position())));
    }

    /// What was looked at of a stretch of time, and how far back.
    ///
    /// @param since empty when all of it was looked at
    record Looked(List<StoredEvent> events, Optional<Instant> since) {}

    /// Every match in a stretch of time, within the bound on looking.
    Looked look(Query query, Timeline.Range range, int most) {
        var seen = services.timeline().happened(range, true, 0, most + 1);
        var matching = seen.stream().limit(most).filter(e -> matches(query, e)).toList();
        return new Looked(
                matching,
                seen.size() > most
                        ? Optional.of(seen.get(most - 1).header().at())
                        : Optional.empty());
    }

    /// Whether types, systems and times say everything, so that the store can count.
    static boolean isCountable(Query query) {
        return text(query).isEmpty() && !looksCloser(query);
    }

    /// The same as a stretch of time; empty when nothing can be found in it.
    Optional<Timeline.Range> range(Timeline.Filter filter, Window window) {
        var classes = filter.classes();
        var types =
                Arrays.stream(EventType.values())
                        .filter(t -> filter.types().isEmpty() || filter.types().contains(t.word()))
                        .filter(t -> classes.isEmpty() || classes.contains(t.eventClass().word()))
                        .map(EventType::word)
                        .collect(Collectors.toSet());
        var from = filter.since().filter(window.from()::isBefore).orElse(window.from());
        var to = filter.until().filter(window.to()::isAfter).orElse(window.to());
        boolean all = filter.types().isEmpty() && classes.isEmpty();
        return types.isEmpty() || !from.isBefore(to)
                ? Optional.empty()
                : Optional.of(
                        new Timeline.Range(
                                filter.systems(), all ? Set.of() : types, filter.text(), from, to));
    }

    private static Timeline.Filter at(Timeline.Filter filter, long before, int limit) {
        return new Timeline.Filter(
                filter.systems(),
                filter.layers(),
                filter.classes(),
                filter.types(),
                filter.text(),
                filter.since(),
                filter.until(),
                before,
                limit);
    }

    /// The systems that were named with all their layers, less those that were excluded.
    private Set<SystemName> systems(Query query) {
        if (!query.has("system")) {
            return Set.of();
        }
        var wanted = new HashSet<SystemName>();
        if (query.wanted("system").isEmpty()) {
            services.systems().all().forEach(s -> wanted.add(s.name()));
        }
        query.wanted("system").forEach(word -> named(word).forEach(wanted::add));
        query.unwanted("system").forEach(word -> named(word).forEach(wanted::remove));
        return wanted;
    }

    private Stream<SystemName> named(String word) {
        if (!Names.isShortName(word)) {
            return Stream.of();
        }
        var name = new SystemName(word);
        return Stream.concat(Stream.of(name), services.systems().graph().below(name).stream())
                .filter(n -> Sight.current().sees(n) && services.systems().find(n).isPresent());
    }

    /// `alert` means all types that begin so.
    private static List<String> ofType(String word) {
        return TYPES.stream().filter(t -> t.equals(word) || t.startsWith(word + ".")).toList();
    }

    private static String laneOf(String type) {
        return EventType.ofWord(type).map(Lane::of).map(Lane::word).orElse("");
    }

    /// What surely stands in the payload of every match.
    private static String text(Query query) {
        return Stream.of(Query.FREE, "entity", "check")
                .flatMap(key -> query.wanted(key).stream().limit(1))
                .filter(_ -> query.wanted("entity").size() < 2 && query.wanted("check").size() < 2)
                .findFirst()
                .orElse("");
    }

    private static boolean looksCloser(Query query) {
        return query.has("entity")
                || query.has("check")
                || query.has("by")
                || !query.unwanted(Query.FREE).isEmpty()
                || query.wanted(Query.FREE).size() > 1;
    }

    private boolean matches(Query query, StoredEvent event) {
        if (!looksCloser(query)) {
            return true;
        }
        byte[] payload = event.payload();
        var data = event.data();
        var entities = data.map(EventSearch::entities).orElse(List.of());
        var checks = data.map(EventSearch::checks).orElse(List.of());
        return query.passes("entity", entities::contains)
                && query.passes("check", checks::contains)
                && query.passes("by", word -> rows.by(event.header()).contains(word))
                && query.passesText(
                        payload == null ? "" : new String(payload, StandardCharsets.UTF_8));
    }

    private static List<String> entities(Payload payload) {
        return switch (payload) {
            case Payload.StateChanged p -> List.of(p.entity());
            case Payload.CheckFlapping p -> List.of(p.entity());
            case Payload.CheckSteady p -> List.of(p.entity());
            case Payload.AlertFired p -> List.of(p.entity());
            case Payload.AlertChanged p -> List.of(p.entity());
            case Payload.AlertResolved p -> List.of(p.entity());
            case Payload.AgentSilent p -> p.agents();
            case Payload.AgentConnected p -> List.of(p.agent());
            case Payload.AgentStopped p -> List.of(p.agent());
            case Payload.ResultsGap p -> List.of(p.agent());
            case Payload.AgentJoined p -> List.of(p.name());
            case Payload.AgentRevoked p -> List.of(p.name());
            case Payload.EventReceived p -> Optional.ofNullable(p.subject()).stream().toList();
            case Payload.AlertReminded p -> List.of(p.entity());
            case Payload.AlertLapsed p -> List.of(p.entity());
            default -> Acts.touched(payload).stream().map(Payload.Touched::entity).toList();
        };
    }

    private static List<String> checks(Payload payload) {
        return switch (payload) {
            case Payload.StateChanged p -> List.of(p.check());
            case Payload.CheckFlapping p -> List.of(p.check());
            case Payload.CheckSteady p -> List.of(p.check());
            case Payload.AlertFired p -> List.of(p.check());
            case Payload.AlertChanged p -> List.of(p.check());
            case Payload.AlertResolved p -> List.of(p.check());
            case Payload.AlertReminded p -> List.of(p.check());
            case Payload.AlertLapsed p -> List.of(p.check());
            default -> Acts.touched(payload).stream().map(Payload.Touched::check).toList();
        };
    }
}
