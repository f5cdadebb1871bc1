package aramaki.server.web;

import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Lane;
import aramaki.server.timeline.EventStore.Slot;
import aramaki.server.timeline.EventStore.SlotCount;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.web.view.Lanes;
import aramaki.server.web.view.Lanes.Bar;
import aramaki.server.web.view.Lanes.Mark;
import aramaki.server.web.view.Lanes.Strip;
import aramaki.server.web.view.StateBadge;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws events into lanes: one by one while they can be told apart, as bars when they cannot.
final class LaneDrawing {
    /// So many can be told apart.
    static final int SINGLE = 200;

    private static final int HEIGHT = 34;
    private static final int LEAST = 3;
    private static final double CELL = 0.012; // about the width of a sign
    private static final int ROWS = 3;

    private final Window window;
    private final ZoneId zone;
    private final EventRows rows;
    private final String here;

    /// @param here address of the page without its stretch of time
    LaneDrawing(Window window, ZoneId zone, EventRows rows, String here) {
        this.window = window;
        this.zone = zone;
        this.rows = rows;
        this.here = here;
    }

    /// Each event where it happened; of those too close together the first two, and how many more.
    List<Strip> singles(List<StoredEvent> events) {
        var cells = new EnumMap<Lane, Map<Integer, List<StoredEvent>>>(Lane.class);
        events.stream()
                .filter(e -> window.has(e.header().at()))
                .sorted(
                        Comparator.comparing((StoredEvent e) -> e.header().at())
                                .thenComparing(StoredEvent::position))
                .forEach(
                        e ->
                                EventType.ofWord(e.header().type())
                                        .ifPresent(
                                                type ->
                                                        cells.computeIfAbsent(
                                                                        Lane.of(type),
                                                                        _ -> new TreeMap<>())
                                                                .computeIfAbsent(
                                                                        cell(e),
                                                                        _ -> new ArrayList<>())
                                                                .add(e)));
        return strips(
                lane ->
                        cells.getOrDefault(lane, Map.of()).values().stream()
                                .flatMap(this::cell)
                                .toList(),
                lane ->
                        cells.getOrDefault(lane, Map.of()).values().stream()
                                .mapToLong(List::size)
                                .sum());
    }

    private int cell(StoredEvent event) {
        return (int) (window.place(event.header().at()) / CELL);
    }

    private Stream<Mark> cell(List<StoredEvent> events) {
        int shown = events.size() <= ROWS ? events.size() : ROWS - 1;
        var singles = IntStream.range(0, shown).mapToObj(row -> single(events.get(row), row));
        return shown == events.size()
                ? singles
                : Stream.concat(singles, Stream.of(more(events.subList(shown, events.size()))));
    }

    private Mark single(StoredEvent event, int row) {
        return new Mark(
                "/events/" + event.hash().hex(),
                rows.words(event),
                percent(window.place(event.header().at())),
                height(row),
                rows.mark(event),
                Bar.NONE);
    }

    private Mark more(List<StoredEvent> events) {
        var from = events.getFirst().header().at();
        var to = events.getLast().header().at().plusMillis(1);
        return new Mark(
                here + "&from=" + from + "&to=" + to,
                events.size() + " more events, " + LaneWords.stretch(from, to, zone),
                percent(window.place(from)),
                height(ROWS - 1),
                new StateBadge("more", "+" + events.size(), "more"),
                Bar.NONE);
    }

    private static String height(int row) {
        return Integer.toString(HEIGHT - 8 - 11 * row);
    }

    /// How many events of each lane each slot has.
    List<Strip> bars(List<Slot> slots, List<SlotCount> counts) {
        var all = new EnumMap<Lane, long[]>(Lane.class);
        var loud = new long[slots.size()];
        for (var count : counts) {
            EventType.ofWord(count.type())
                    .ifPresent(
                            type -> {
                                all.computeIfAbsent(Lane.of(type), _ -> new long[slots.size()])[
                                                count.slot()] +=
                                        count.events();
                                if (type == EventType.ALERT_FIRED) {
                                    loud[count.slot()] += count.events();
                                }
                            });
        }
        var none = new long[slots.size()];
        return strips(
                lane ->
                        bars(
                                slots,
                                all.getOrDefault(lane, none),
                                lane == Lane.ALERTS ? loud : none),
                lane -> Arrays.stream(all.getOrDefault(lane, none)).sum());
    }

    private List<Mark> bars(List<Slot> slots, long[] counts, long[] loud) {
        long most = Arrays.stream(counts).max().orElse(0);
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < slots.size(); i++) {
            if (counts[i] > 0) {
                marks.add(bar(slots.get(i), counts[i], loud[i], most));
            }
        }
        return marks;
    }

    private Mark bar(Slot slot, long count, long loud, long most) {
        long height = Math.max(LEAST, Math.round((double) HEIGHT * count / most));
        long loudHeight = loud == 0 ? 0 : Math.max(2, Math.round((double) HEIGHT * loud / most));
        double from = window.place(slot.from());
        double width = window.place(slot.to()) - from;
        String words =
                count
                        + (count == 1 ? " event" : " events")
                        + (loud == 0 ? "" : ", " + loud + (loud == 1 ? " alert" : " alerts"))
                        + ", "
                        + LaneWords.stretch(slot.from(), slot.to(), zone);
        return new Mark(
                here + "&from=" + slot.from() + "&to=" + slot.to(),
                words,
                percent(from),
                Long.toString(HEIGHT - height),
                new StateBadge("", "", ""),
                new Bar(
                        percent(width * 0.86),
                        Long.toString(height),
                        loudHeight == 0 ? "" : Long.toString(loudHeight),
                        Long.toString(HEIGHT - loudHeight)));
    }

    private static List<Strip> strips(
            Function<Lane, List<Mark>> marks, ToLongFunction<Lane> counts) {
        return Arrays.stream(Lane.values())
                .map(
                        lane ->
                                new Strip(
                                        lane.word(),
                                        lane.title(),
                                        LaneWords.number(counts.applyAsLong(lane)),
                                        marks.apply(lane)))
                .toList();
    }

    List<Lanes.Tick> ticks() {
        var slots = LaneSlots.of(window, zone, LaneSlots.length(window, 8));
        var ticks = new ArrayList<Lanes.Tick>();
        for (int i = 0; i < slots.size(); i++) {
            double place = window.place(slots.get(i).from());
            // The first slot is often a part, and its label would stand in the next one's way.
            if (place > 0.001 && place < 0.97) {
                ticks.add(
                        new Lanes.Tick(
                                percent(place),
                                LaneWords.tick(slots.get(i).from(), window.length(), zone),
                                ticks.size() % 2 == 1));
            }
        }
        return ticks;
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.3f%%", part * 100);
    }
}
