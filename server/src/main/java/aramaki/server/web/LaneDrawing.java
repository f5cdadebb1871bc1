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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /// Each event where it happened; those too close together one above the other.
    List<Strip> singles(List<StoredEvent> events) {
        var marks = new EnumMap<Lane, List<Mark>>(Lane.class);
        var taken = new HashMap<String, Integer>();
        var inOrder =
                events.stream()
                        .sorted(
                                Comparator.comparing((StoredEvent e) -> e.header().at())
                                        .thenComparing(StoredEvent::position))
                        .toList();
        for (var event : inOrder) {
            var lane = EventType.ofWord(event.header().type()).map(Lane::of);
            if (lane.isEmpty() || !window.has(event.header().at())) {
                continue;
            }
            double place = window.place(event.header().at());
            int row = taken.merge(lane.get() + "/" + (int) (place / CELL), 1, Integer::sum) - 1;
            marks.computeIfAbsent(lane.get(), _ -> new ArrayList<>())
                    .add(
                            new Mark(
                                    "/events/" + event.hash().hex(),
                                    rows.words(event),
                                    percent(place),
                                    Integer.toString(HEIGHT - 8 - 11 * (row % ROWS)),
                                    rows.mark(event),
                                    Bar.NONE));
        }
        return strips(lane -> marks.getOrDefault(lane, List.of()), lane -> size(marks, lane));
    }

    private static long size(Map<Lane, List<Mark>> marks, Lane lane) {
        return marks.getOrDefault(lane, List.of()).size();
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
            java.util.function.Function<Lane, List<Mark>> marks,
            java.util.function.ToLongFunction<Lane> counts) {
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
