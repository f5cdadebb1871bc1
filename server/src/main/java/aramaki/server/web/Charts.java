package aramaki.server.web;

import aramaki.model.observation.Range;
import aramaki.server.observation.MetricLines.Line;
import aramaki.server.observation.MetricLines.Point;
import aramaki.server.observation.MetricStore.Ranges;
import aramaki.server.web.view.ChartView;
import aramaki.server.web.view.Scale;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws one metric over a time: its average, the band between least and most, what it was held
/// against, and nothing where there was nothing.
final class Charts {
    private static final int TIMES = 4;

    private final Instant from;
    private final Instant to;
    private final Duration ttl;
    private final ZoneId zone;

    /// @param ttl after which silence between two results is a gap
    Charts(Instant from, Instant to, Duration ttl, ZoneId zone) {
        this.from = from;
        this.to = to;
        this.ttl = ttl;
        this.zone = zone;
    }

    /// What stands at the top and at the bottom.
    private record Span(double low, double high) {}

    ChartView chart(Line line) {
        var span = span(line);
        var scale = Scale.of(line.unit(), Math.max(Math.abs(span.high), Math.abs(span.low)));
        var runs = runs(line);
        var last = line.points().getLast();
        return new ChartView(
                line.name(),
                Scale.text(line.unit(), last.average()),
                line.step().isZero()
                        ? "every result"
                        : "average per "
                                + aramaki.server.web.view.Ages.text(line.step())
                                + ", with least and most",
                new ChartView.Drawing(
                        band(runs, span),
                        path(runs, span, Point::average),
                        limits(line, span, Ranges::warn),
                        limits(line, span, Ranges::crit),
                        beyond(line, span)),
                Stream.of(span.high, (span.high + span.low) / 2, span.low)
                        .map(scale::text)
                        .toList(),
                times(),
                rows(line, span));
    }

    /// Zero is shown when it is near; ranges are, as long as they do not squash the values.
    private Span span(Line line) {
        double low = line.points().stream().mapToDouble(Point::least).min().orElse(0);
        double high = line.points().stream().mapToDouble(Point::most).max().orElse(1);
        if (low >= 0 && low <= 0.6 * high) {
            low = 0;
        }
        double size = high > low ? high - low : Math.max(Math.abs(high) * 0.1, 1e-9);
        double lowest = low;
        double highest = high;
        for (double limit : ends(line.ranges())) {
            if (limit >= low - 2 * size && limit <= high + 2 * size) {
                lowest = Math.min(lowest, limit);
                highest = Math.max(highest, limit);
            }
        }
        double pad = Math.max((highest - lowest) * 0.06, size * 0.06);
        boolean fromZero = lowest == 0;
        return new Span(
                fromZero ? 0 : lowest - pad,
                line.unit().equals("%") && highest <= 100
                        ? Math.min(100, highest + pad)
                        : highest + pad);
    }

    private static double[] ends(List<Ranges> ranges) {
        return ranges.stream()
                .flatMap(r -> Stream.of(r.warn(), r.crit()))
                .distinct()
                .flatMapToDouble(Charts::ends)
                .toArray();
    }

    /// Where a range begins and ends; an end that is not there is no line, and zero is none unless
    /// it was said.
    private static DoubleStream ends(String range) {
        return Range.parse(range)
                .map(
                        r ->
                                DoubleStream.of(r.start(), r.end())
                                        .filter(Double::isFinite)
                                        .filter(e -> e != 0 || range.contains("0:")))
                .orElse(DoubleStream.empty());
    }

    /// Points with no gap between them.
    private List<List<Point>> runs(Line line) {
        var longest = line.step().multipliedBy(3).dividedBy(2);
        var gap = longest.compareTo(ttl) > 0 ? longest : ttl;
        var runs = new ArrayList<List<Point>>();
        for (var point : line.points()) {
            boolean new_ =
                    runs.isEmpty() || runs.getLast().getLast().at().plus(gap).isBefore(point.at());
            if (new_) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(point);
        }
        return runs;
    }

    private String path(List<List<Point>> runs, Span span, ToDoubleFunction<Point> value) {
        var path = new StringBuilder();
        for (var run : runs) {
            char command = 'M';
            for (var point : run) {
                move(path, command, x(point.at()), y(value.applyAsDouble(point), span));
                command = 'L';
            }
            if (run.size() == 1) {
                path.append("h0.01"); // a dot, by its round ends
            }
        }
        return path.toString();
    }

    private String band(List<List<Point>> runs, Span span) {
        var path = new StringBuilder();
        for (var run : runs) {
            if (run.stream().noneMatch(p -> p.least() < p.most())) {
                continue;
            }
            char command = 'M';
            for (var point : run) {
                move(path, command, x(point.at()), y(point.most(), span));
                command = 'L';
            }
            for (var point : run.reversed()) {
                move(path, 'L', x(point.at()), y(point.least(), span));
            }
            path.append('Z');
        }
        return path.toString();
    }

    /// Level lines, for as long as each held.
    private String limits(Line line, Span span, Function<Ranges, String> which) {
        var path = new StringBuilder();
        var all = line.ranges();
        for (int i = 0; i < all.size(); i++) {
            double begin = x(all.get(i).from());
            double end = i + 1 < all.size() ? x(all.get(i + 1).from()) : ChartView.WIDTH;
            if (i == 0 && all.get(i).series() == 0) {
                begin = 0; // of single results the first is not when it began
            }
            double from = begin;
            ends(which.apply(all.get(i)))
                    .filter(limit -> limit >= span.low && limit <= span.high)
                    .forEach(
                            limit -> {
                                move(path, 'M', from, y(limit, span));
                                path.append('H').append(round(end));
                            });
        }
        return path.toString();
    }

    /// Limits that lie outside what is drawn.
    private static String beyond(Line line, Span span) {
        if (line.ranges().isEmpty()) {
            return "";
        }
        var last = line.ranges().getLast();
        var words = new ArrayList<String>();
        ends(last.warn())
                .filter(l -> l < span.low || l > span.high)
                .forEach(l -> words.add("warning at " + Scale.text(line.unit(), l)));
        ends(last.crit())
                .filter(l -> l < span.low || l > span.high)
                .forEach(l -> words.add("critical at " + Scale.text(line.unit(), l)));
        return words.isEmpty() ? "" : String.join(", ", words) + ": not in this picture";
    }

    private List<When> times() {
        long step = Duration.between(from, to).toMillis() / TIMES;
        boolean days = Duration.between(from, to).toHours() > 36;
        return IntStream.rangeClosed(0, TIMES)
                .mapToObj(i -> from.plusMillis(i * step))
                .map(at -> days ? When.day(at, zone) : When.clock(at, zone))
                .toList();
    }

    private List<ChartView.Row> rows(Line line, Span span) {
        var scale = Scale.of(line.unit(), Math.max(Math.abs(span.high), Math.abs(span.low)));
        return line.points().stream()
                .map(
                        p ->
                                new ChartView.Row(
                                        (int) Math.round(x(p.at())),
                                        (int) Math.round(y(p.average(), span)),
                                        When.moment(p.at(), zone),
                                        scale.text(p.average()),
                                        p.results() > 1 ? scale.text(p.least()) : "",
                                        p.results() > 1 ? scale.text(p.most()) : ""))
                .toList();
    }

    private double x(Instant at) {
        double part =
                Duration.between(from, at).toMillis()
                        / (double) Duration.between(from, to).toMillis();
        return Math.clamp(part, 0, 1) * ChartView.WIDTH;
    }

    private static double y(double value, Span span) {
        return (1 - (value - span.low) / (span.high - span.low)) * ChartView.HEIGHT;
    }

    private static void move(StringBuilder path, char command, double x, double y) {
        path.append(command).append(round(x)).append(' ').append(round(y));
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }
}
