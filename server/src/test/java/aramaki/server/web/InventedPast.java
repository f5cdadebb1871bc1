package aramaki.server.web;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.MetricStore.Ranges;
import aramaki.server.observation.Piece;
import aramaki.server.web.view.ChartView;
import aramaki.server.web.view.CheckView;
import aramaki.server.web.view.HopRow;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StripView;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The invented past of a check: mostly good, with everything once that can be drawn.
final class InventedPast {
    private static final CheckKey KEY = CheckKey.of("shop-production", "web2", "http-front");

    private InventedPast() {}

    static CheckView.Past past() {
        var now = InventedRows.NOW;
        var day = now.minus(Duration.ofHours(24));
        return new CheckView.Past(
                strip("90 days", now.minus(Duration.ofDays(90)), now, 92, day, now),
                strip("21 Nov 03:00:14 to now", day, now, 120, Instant.MAX, Instant.MIN),
                List.of(
                        new Place("1h", "/x?from=1h"),
                        new Place("6h", "/x?from=6h"),
                        Place.nowhere("24h"),
                        new Place("7d", "/x?from=7d"),
                        new Place("« earlier", "/x?from=48h")),
                List.of(
                        chart("time", "s", 0.004, "1", "3"),
                        chart("size", "B", 3.1e9, "", ""),
                        chart("used", "%", 62, "80", "90")),
                Optional.of(
                        new CheckView.OneResult(
                                "o_4711",
                                When.moment(now.minusSeconds(600), InventedRows.ZONE),
                                StateBadge.of(State.WARNING),
                                "HTTP WARNING: 200 in 1.204 s\nVia: 1.1 varnish\nAge: 0",
                                List.of(new CheckView.MetricRow("time", "1.2 s", "1", "3", "", "")),
                                List.of(),
                                List.of(
                                        new Place("« before", "/x?at=1"),
                                        new Place("after »", "/x")))),
                "/x?to=older");
    }

    private static StripView strip(
            String says, Instant from, Instant to, int cells, Instant chosen, Instant until) {
        return new Strip(from, to, InventedRows.ZONE, (a, b) -> Focus.href(KEY, a, b))
                .view(says, pieces(from, to), cells, chosen, until);
    }

    /// Parts of a hundredth of the time each.
    private static List<Piece> pieces(Instant from, Instant to) {
        long part = Duration.between(from, to).toMillis() / 100;
        var pieces = new ArrayList<Piece>();
        int at = 0;
        for (Object[] one :
                new Object[][] {
                    {8, Piece.Why.NEVER_SEEN},
                    {20, State.OK},
                    {1, State.WARNING},
                    {12, State.OK},
                    {3, State.STALE},
                    {10, State.OK},
                    {2, Piece.Why.SERVER_DOWN},
                    {8, State.OK},
                    {2, State.UNKNOWN},
                    {20, State.OK},
                    {4, State.CRITICAL},
                    {9, State.OK},
                    {1, State.CRITICAL},
                }) {
            int next = at + (int) one[0];
            Piece.Kind kind =
                    one[1] instanceof State state
                            ? new Piece.Kind.Stood(state, state == State.WARNING)
                            : new Piece.Kind.Gap((Piece.Why) one[1]);
            pieces.add(new Piece(from.plusMillis(at * part), from.plusMillis(next * part), kind));
            at = next;
        }
        return pieces;
    }

    private static ChartView chart(
            String name, String unit, double size, String warn, String crit) {
        var to = InventedRows.NOW;
        var from = to.minus(Duration.ofHours(24));
        var points = new ArrayList<MetricLines.Point>();
        for (int i = 0; i < 240; i++) {
            if (i < 20 || i >= 90 && i < 110) {
                continue; // gaps
            }
            double value = size * (1 + 0.3 * Math.sin(i / 17.0) + (i > 225 ? i - 225 : 0) * 0.02);
            points.add(
                    new MetricLines.Point(
                            from.plus(Duration.ofMinutes(6L * i)),
                            value * 0.93,
                            value,
                            value * 1.11,
                            12));
        }
        return new Charts(from, to, Duration.ofMinutes(3), InventedRows.ZONE)
                .chart(
                        new MetricLines.Line(
                                name,
                                unit,
                                Duration.ofMinutes(6),
                                points,
                                List.of(new Ranges(1, from, warn, crit))));
    }

    static CheckView.Past hostile(String evil) {
        var at = new When(evil, evil, evil);
        var cell =
                new StripView.Cell(
                        0, 10, evil, evil, true, List.of(new StripView.Bar(evil, 0, 24)));
        var told =
                new StripView.Told(
                        new Place(evil, evil), evil, new StateBadge(evil, evil, evil), evil);
        var chart =
                new ChartView(
                        evil,
                        evil,
                        evil,
                        new ChartView.Drawing(evil, evil, evil, evil, evil),
                        List.of(evil),
                        List.of(at),
                        List.of(new ChartView.Row(1, 1, at, evil, evil, evil)));
        return new CheckView.Past(
                new StripView(evil, List.of(cell), List.of(told), 1),
                StripView.none(),
                List.of(new Place(evil, evil)),
                List.of(chart),
                Optional.of(
                        new CheckView.OneResult(
                                evil,
                                at,
                                StateBadge.of(State.OK),
                                evil,
                                List.of(
                                        new CheckView.MetricRow(
                                                evil, evil, evil, evil, evil, evil)),
                                List.of(new HopRow(evil, When.NEVER, evil)),
                                List.of(new Place(evil, evil)))),
                evil);
    }
}
