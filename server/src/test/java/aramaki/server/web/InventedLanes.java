package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Lane;
import aramaki.server.web.view.Lanes;
import aramaki.server.web.view.Lanes.Bar;
import aramaki.server.web.view.Lanes.Mark;
import aramaki.server.web.view.Lanes.Strip;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Invented lanes: a day in bars, an hour in signs, nothing at all.
final class InventedLanes {
    private static final Lanes.Moves MOVES =
            new Lanes.Moves(
                    "/timeline?q=&from=12h",
                    "/timeline?q=&from=3d",
                    "/timeline?q=&from=2026-11-20T15:00:00Z&to=2026-11-21T15:00:00Z",
                    "",
                    "");

    private InventedLanes() {}

    static Lanes bars() {
        return lanes(
                "Last 24 hours, Sat 21 Nov 03:00 to Sun 22 Nov 03:00",
                "1,204 events",
                Arrays.stream(Lane.values())
                        .map(lane -> new Strip(lane.word(), lane.title(), "201", bars(lane)))
                        .toList(),
                "");
    }

    private static List<Mark> bars(Lane lane) {
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < 96; i++) {
            int height = 3 + (i * 7 + lane.ordinal() * 11) % 31;
            if ((i + lane.ordinal()) % (lane.ordinal() + 1) == 0) {
                marks.add(
                        new Mark(
                                "/timeline?q=&from=2026-11-21T03:00:00Z&to=2026-11-21T03:15:00Z",
                                height + " events, Sat 21 Nov 03:00 to 03:15",
                                LaneDrawing.percent(i / 96.0),
                                String.valueOf(34 - height),
                                new StateBadge("", "", ""),
                                new Bar(
                                        LaneDrawing.percent(0.86 / 96),
                                        String.valueOf(height),
                                        lane == Lane.ALERTS && i % 5 == 0 ? "3" : "",
                                        "31")));
            }
        }
        return marks;
    }

    static Lanes signs(String words) {
        return lanes(
                "60 minutes",
                words,
                Arrays.stream(Lane.values())
                        .map(lane -> new Strip(lane.word(), lane.title(), "2", signs(lane, words)))
                        .toList(),
                LaneDrawing.percent(0.5));
    }

    private static List<Mark> signs(Lane lane, String words) {
        var badges =
                List.of(
                        StateBadge.of(State.CRITICAL),
                        StateBadge.of(lane.types().getFirst()),
                        StateBadge.of(EventType.NOTE_ADDED));
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < badges.size(); i++) {
            marks.add(
                    new Mark(
                            "/events/" + InventedRows.HASH,
                            words,
                            LaneDrawing.percent(0.2 + 0.3 * i),
                            "26",
                            badges.get(i),
                            Bar.NONE));
        }
        return marks;
    }

    static Lanes empty() {
        return lanes(
                "Last 24 hours",
                "no events",
                Arrays.stream(Lane.values())
                        .map(lane -> new Strip(lane.word(), lane.title(), "0", List.of()))
                        .toList(),
                "");
    }

    private static Lanes lanes(String title, String says, List<Strip> strips, String marker) {
        return new Lanes(
                title,
                says,
                new Lanes.Extent("/timeline?q=", "2026-11-21T03:00:00Z", "2026-11-22T03:00:00Z"),
                MOVES,
                List.of(
                        new Place("1 h", "/timeline?q=&from=1h"),
                        new Place("24 h", "/timeline?q=&from=1d")),
                List.of(
                        new Lanes.Tick("12.5%", "06:00", false),
                        new Lanes.Tick("37.5%", "12:00", true),
                        new Lanes.Tick("62.5%", "18:00", false),
                        new Lanes.Tick("87.5%", "Sun 22 Nov", true)),
                strips,
                marker);
    }
}
