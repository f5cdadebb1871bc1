package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Lane;
import aramaki.server.api.Answers.EventItem;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.Answers.NearItem;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.sight.Sight;
import aramaki.server.system.files.Durations;
import aramaki.server.timeline.Landscape;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Surroundings;
import aramaki.server.timeline.Timeline;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Events over HTTP.
public final class TimelineApi {
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final Timeline timeline;
    private final Surroundings surroundings;
    private final Landscape landscape;

    public TimelineApi(Timeline timeline, Surroundings surroundings, Landscape landscape) {
        this.timeline = timeline;
        this.surroundings = surroundings;
        this.landscape = landscape;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/events",
                        Need.SOMEONE,
                        "Events, newest first as they were recorded; with `from` or `to`, as they"
                                + " happened; `system`, `layers`, `class`, `type`, `lane`, `text`,"
                                + " `since` and `until` narrow.",
                        EventItem.class,
                        this::list),
                Route.get(
                        "/api/v1/events/{event}",
                        Need.on(Verb.READ, "event"),
                        "One event.",
                        EventItem.class,
                        this::show),
                Route.list(
                        "/api/v1/events/{event}/around",
                        Need.on(Verb.READ, "event"),
                        "What else happened around an event, `within` (10m) of it: in its system,"
                                + " those above and below and those that share an agent first,"
                                + " then elsewhere, the nearest first.",
                        NearItem.class,
                        this::around),
                Route.list(
                        "/api/v1/events/{event}/notes",
                        Need.on(Verb.READ, "event"),
                        "The notes that are attached to an event, oldest first.",
                        EventItem.class,
                        this::notes));
    }

    private void list(Exchange exchange) {
        int limit = exchange.limit();
        var from = instant(exchange, "from");
        var to = instant(exchange, "to");
        var found =
                from.isPresent() || to.isPresent()
                        ? happened(exchange, from, to, limit)
                        : recorded(exchange, limit);
        String next = found.size() < limit ? null : Long.toString(found.getLast().position());
        exchange.json(new Items<>(items(found), next));
    }

    private List<StoredEvent> recorded(Exchange exchange, int limit) {
        return timeline.find(
                new Timeline.Filter(
                        exchange.query("system")
                                .map(s -> Set.of(new SystemName(s)))
                                .orElse(Set.of()),
                        exchange.query("layers").isPresent(),
                        exchange.query("class").map(Set::of).orElse(Set.of()),
                        types(exchange),
                        exchange.query("text").orElse(""),
                        instant(exchange, "since"),
                        instant(exchange, "until"),
                        exchange.before(),
                        limit));
    }

    private List<StoredEvent> happened(
            Exchange exchange, Optional<Instant> from, Optional<Instant> to, int limit) {
        if (exchange.query("since").isPresent() || exchange.query("until").isPresent()) {
            throw Refusal.invalid(
                    "bad-range",
                    "from and to are for the order of time, since and until for the order of"
                            + " recording: use one pair");
        }
        var range =
                new Timeline.Range(
                        systems(exchange),
                        types(exchange),
                        exchange.query("text").orElse(""),
                        from.orElse(Instant.EPOCH),
                        to.orElse(LAST));
        long after = exchange.before();
        return timeline.happened(range, true, after == Long.MAX_VALUE ? 0 : after, limit);
    }

    private Set<SystemName> systems(Exchange exchange) {
        var named = exchange.query("system").map(SystemName::new);
        named.filter(name -> !Sight.current().sees(name) || landscape.idOf(name).isEmpty())
                .ifPresent(
                        name -> {
                            throw Refusal.notFound("system", name.value());
                        });
        var systems = new TreeSet<SystemName>();
        named.ifPresent(systems::add);
        if (exchange.query("layers").isPresent()) {
            named.ifPresent(name -> systems.addAll(landscape.graph().below(name)));
        }
        return systems;
    }

    /// The types that are asked for, by name, beginning of name, class or lane; empty for all.
    private static Set<String> types(Exchange exchange) {
        var types = exchange.query("type").map(TimelineApi::named);
        var lane = exchange.query("lane").map(TimelineApi::lane);
        if (types.isEmpty() && lane.isEmpty()) {
            return Set.of();
        }
        var all = List.of(EventType.values());
        var words =
                types.orElse(all).stream()
                        .filter(lane.orElse(all)::contains)
                        .map(EventType::word)
                        .collect(Collectors.toSet());
        if (words.isEmpty()) {
            throw Refusal.invalid("bad-type", "no type of this name is in this lane");
        }
        return words;
    }

    private static List<EventType> named(String word) {
        var types = EventType.matching(word);
        if (types.isEmpty()) {
            throw Refusal.invalid(
                    "bad-type",
                    "there is no such type; there are "
                            + Arrays.stream(EventType.values())
                                    .map(EventType::word)
                                    .collect(Collectors.joining(", ")));
        }
        return types;
    }

    private static List<EventType> lane(String word) {
        return Lane.ofWord(word)
                .map(Lane::types)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-lane",
                                        "there is no such lane; there are "
                                                + Arrays.stream(Lane.values())
                                                        .map(Lane::word)
                                                        .collect(Collectors.joining(", "))));
    }

    private void show(Exchange exchange) {
        var event = timeline.require(exchange.path("event"));
        exchange.json(Answering.event(event, timeline.systemOf(event)));
    }

    private void around(Exchange exchange) {
        var event = timeline.require(exchange.path("event"));
        var within =
                exchange.query("within")
                        .map(
                                text ->
                                        Durations.parse(text)
                                                .orElseThrow(
                                                        () ->
                                                                Refusal.invalid(
                                                                        "bad-within",
                                                                        "within must be a duration"
                                                                                + " like 30s or"
                                                                                + " 10m")))
                        .orElse(Surroundings.NEAR);
        exchange.json(
                new Items<>(
                        surroundings.of(event, within).stream()
                                .limit(exchange.limit())
                                .map(
                                        near ->
                                                new NearItem(
                                                        item(near.event()),
                                                        near.relation().word(),
                                                        near.offset().toMillis()))
                                .toList(),
                        null));
    }

    private void notes(Exchange exchange) {
        var event = timeline.require(exchange.path("event"));
        exchange.json(new Items<>(items(timeline.notesAbout(event.hash())), null));
    }

    private List<EventItem> items(List<StoredEvent> events) {
        return events.stream().map(this::item).toList();
    }

    private EventItem item(StoredEvent event) {
        return Answering.event(event, timeline.systemOf(event));
    }

    private static Optional<Instant> instant(Exchange exchange, String name) {
        return exchange.query(name).map(text -> instant(name, text));
    }

    private static Instant instant(String name, String text) {
        try {
            var at = Instant.parse(text);
            if (at.isBefore(Instant.EPOCH) || at.isAfter(LAST)) {
                throw noInstant(name);
            }
            return at;
        } catch (DateTimeException e) {
            throw noInstant(name);
        }
    }

    private static Refusal noInstant(String name) {
        return Refusal.invalid(
                "bad-instant", name + " must be an instant like 2026-11-22T03:00:00Z");
    }
}
