package aramaki.server.web;

import aramaki.model.timeline.EventType;
import aramaki.server.query.Query;
import aramaki.server.timeline.EventStore.Slot;
import aramaki.server.timeline.EventStore.SlotCount;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Timeline;
import aramaki.server.web.view.Lanes;
import aramaki.server.web.view.Lanes.Extent;
import aramaki.server.web.view.Lanes.Moves;
import aramaki.server.web.view.Lanes.Strip;
import aramaki.server.web.view.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The picture above a timeline: what a query finds in a stretch of time, and the ways from there.
final class LaneViews {
    private static final List<Duration> SPANS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofHours(24),
                    Duration.ofDays(7),
                    Duration.ofDays(30),
                    Duration.ofDays(90));
    private static final List<String> TYPES =
            Arrays.stream(EventType.values()).map(EventType::word).toList();

    private final Services services;
    private final EventRows rows;
    private final EventSearch search;

    LaneViews(Services services, EventRows rows, EventSearch search) {
        this.services = services;
        this.rows = rows;
        this.search = search;
    }

    private record Drawn(List<Strip> strips, String says) {}

    /// @param range empty when the query finds nothing anyway
    /// @param here address of the page without its stretch of time
    Lanes of(Query query, Optional<Timeline.Range> range, Window window, Instant now, String here) {
        var drawing = new LaneDrawing(window, services.zone(), rows, here);
        var slots = LaneSlots.of(window, services.zone());
        var drawn =
                range.isEmpty()
                        ? new Drawn(drawing.bars(slots, List.of()), "no events")
                        : draw(query, range.get(), drawing, slots);
        return new Lanes(
                title(window),
                drawn.says(),
                extent(window, here),
                moves(window, now, here),
                SPANS.stream()
                        .map(
                                length ->
                                        new Place(
                                                LaneWords.brief(length),
                                                here + window.resized(length).parameters(now)))
                        .toList(),
                drawing.ticks(),
                drawn.strips(),
                "");
    }

    /// The same of events that are here already, around a moment.
    Lanes around(
            List<StoredEvent> events, Window window, Extent extent, Moves moves, String marked) {
        var drawing = new LaneDrawing(window, services.zone(), rows, extent.here());
        var strips =
                events.size() <= LaneDrawing.SINGLE
                        ? drawing.singles(events)
                        : bars(drawing, events, LaneSlots.of(window, services.zone()));
        return new Lanes(
                title(window),
                count(events.size()),
                extent,
                moves,
                List.of(),
                drawing.ticks(),
                strips,
                marked);
    }

    private Drawn draw(Query query, Timeline.Range range, LaneDrawing drawing, List<Slot> slots) {
        if (!EventSearch.isCountable(query)) {
            return look(query, range, drawing, slots);
        }
        var types = range.types().isEmpty() ? TYPES : List.copyOf(range.types());
        var counts = services.timeline().count(range.systems(), types, clipped(slots, range));
        long all = counts.stream().mapToLong(SlotCount::events).sum();
        return all > LaneDrawing.SINGLE
                ? new Drawn(drawing.bars(slots, counts), count(all))
                : new Drawn(
                        drawing.singles(
                                services.timeline()
                                        .happened(range, true, 0, LaneDrawing.SINGLE + 1)),
                        count(all));
    }

    /// What the store cannot count is counted here, as far back as the bound on looking allows.
    private Drawn look(Query query, Timeline.Range range, LaneDrawing drawing, List<Slot> slots) {
        var looked = search.look(query, range, EventSearch.SCAN);
        var events = looked.events();
        String says =
                count(events.size())
                        + looked.since()
                                .map(
                                        at ->
                                                ", looked at since "
                                                        + LaneWords.moment(at, services.zone())
                                                        + " only, the newest "
                                                        + LaneWords.number(EventSearch.SCAN))
                                .orElse("");
        return new Drawn(
                events.size() <= LaneDrawing.SINGLE
                        ? drawing.singles(events)
                        : bars(drawing, events, slots),
                says);
    }

    private static List<Strip> bars(
            LaneDrawing drawing, List<StoredEvent> events, List<Slot> slots) {
        Map<String, long[]> counts = new HashMap<>();
        for (var event : events) {
            for (int i = 0; i < slots.size(); i++) {
                var at = event.header().at();
                if (!at.isBefore(slots.get(i).from()) && at.isBefore(slots.get(i).to())) {
                    counts.computeIfAbsent(event.header().type(), _ -> new long[slots.size()])[i]++;
                }
            }
        }
        var all = new ArrayList<SlotCount>();
        counts.forEach(
                (type, of) -> {
                    for (int i = 0; i < of.length; i++) {
                        if (of[i] > 0) {
                            all.add(new SlotCount(type, i, of[i]));
                        }
                    }
                });
        return drawing.bars(slots, all);
    }

    /// Slots keep their places, but count only what the range has of them.
    private static List<Slot> clipped(List<Slot> slots, Timeline.Range range) {
        return slots.stream()
                .map(
                        slot ->
                                new Slot(
                                        slot.from().isBefore(range.from())
                                                ? range.from()
                                                : slot.from(),
                                        slot.to().isAfter(range.to()) ? range.to() : slot.to()))
                .toList();
    }

    private String title(Window window) {
        return (window.rolling() ? "Last " : "")
                + LaneWords.length(window.length())
                + ", "
                + LaneWords.stretch(window.from(), window.to(), services.zone());
    }

    static Extent extent(Window window, String here) {
        return new Extent(here, window.from().toString(), window.to().toString());
    }

    private static Moves moves(Window window, Instant now, String here) {
        return new Moves(
                window.in().map(w -> here + w.parameters(now)).orElse(""),
                window.out().map(w -> here + w.parameters(now)).orElse(""),
                here + window.moved(-1).parameters(now),
                window.to().isBefore(now) ? here + window.moved(1).parameters(now) : "",
                Stream.of(window)
                        .filter(w -> !w.rolling())
                        .map(
                                w ->
                                        here
                                                + new Window(now.minus(w.length()), now, true, true)
                                                        .parameters(now))
                        .findFirst()
                        .orElse(""));
    }

    private static String count(long number) {
        return number == 0
                ? "no events"
                : LaneWords.number(number) + (number == 1 ? " event" : " events");
    }
}
