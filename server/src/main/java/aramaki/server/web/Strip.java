package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.server.observation.Piece;
import aramaki.server.observation.Piece.Kind;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StripView;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Draws the pieces of a past as cells of even length.
final class Strip {
    private static final int TOLD = 15;

    /// A bad state is seen however short it was.
    private static final int LEAST_HEIGHT = 7;

    private static final List<Duration> STEPS =
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    Duration.ofDays(1),
                    Duration.ofDays(7));
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);

    private final Instant from;
    private final Instant to;
    private final ZoneId zone;
    private final BiFunction<Instant, Instant, String> href;

    /// @param href where a closer look at a time is
    Strip(Instant from, Instant to, ZoneId zone, BiFunction<Instant, Instant, String> href) {
        this.from = from;
        this.to = to;
        this.zone = zone;
        this.href = href;
    }

    /// What counts in a cell, best first.
    private enum Look {
        OK("ok"),
        PENDING("pending"),
        GAP("gap"),
        WARNING("warning"),
        UNKNOWN("unknown"),
        STALE("stale"),
        CRITICAL("critical");

        private final String css;

        Look(String css) {
            this.css = css;
        }

        static Look of(State state) {
            return switch (state) {
                case OK -> OK;
                case PENDING -> PENDING;
                case WARNING -> WARNING;
                case UNKNOWN -> UNKNOWN;
                case STALE -> STALE;
                case CRITICAL -> CRITICAL;
            };
        }
    }

    /// @param chosenFrom what the page looks at just now
    StripView view(
            String says, List<Piece> pieces, int most, Instant chosenFrom, Instant chosenTo) {
        var step = step(most);
        var edges = edges(step);
        double scale = StripView.WIDTH / (double) Duration.between(from, to).toMillis();
        var cells = new ArrayList<StripView.Cell>();
        int next = 0;
        for (int i = 0; i + 1 < edges.size(); i++) {
            var begin = edges.get(i);
            var end = edges.get(i + 1);
            while (next < pieces.size() && !pieces.get(next).to().isAfter(begin)) {
                next++;
            }
            var inside = new ArrayList<Piece>();
            for (int p = next; p < pieces.size() && pieces.get(p).from().isBefore(end); p++) {
                inside.add(pieces.get(p).within(begin, end));
            }
            if (!inside.isEmpty()) {
                int x = x(begin, scale);
                cells.add(
                        new StripView.Cell(
                                x,
                                Math.max(1, x(end, scale) - x),
                                href.apply(begin, end),
                                when(begin, end, step) + ": " + words(inside),
                                chosenFrom.isBefore(end) && begin.isBefore(chosenTo),
                                bars(inside)));
            }
        }
        var told = told(pieces);
        return new StripView(
                says,
                cells,
                told.subList(0, Math.min(TOLD, told.size())),
                Math.max(0, told.size() - TOLD));
    }

    private int x(Instant at, double scale) {
        long millis = Math.max(0, Duration.between(from, at).toMillis());
        return Math.min(StripView.WIDTH, (int) Math.round(millis * scale));
    }

    private Duration step(int most) {
        var length = Duration.between(from, to);
        return STEPS.stream()
                .filter(s -> length.dividedBy(s) <= most)
                .findFirst()
                .orElse(STEPS.getLast());
    }

    /// On round times of the reader's zone, but for the two ends.
    private List<Instant> edges(Duration step) {
        var edges = new ArrayList<Instant>();
        edges.add(from);
        var at = from.atZone(zone).toLocalDate().atStartOfDay(zone);
        while (at.toInstant().isBefore(to)) {
            if (at.toInstant().isAfter(from)) {
                edges.add(at.toInstant());
            }
            at = following(at, step);
        }
        edges.add(to);
        return edges;
    }

    private ZonedDateTime following(ZonedDateTime at, Duration step) {
        long days = step.toDays();
        if (days > 0) {
            return at.toLocalDate().plusDays(days).atStartOfDay(zone);
        }
        if (at.toInstant().isBefore(from)) { // a day has many steps that are not drawn
            long skipped = Duration.between(at.toInstant(), from).dividedBy(step);
            return at.plus(step.multipliedBy(Math.max(1, skipped)));
        }
        return at.plus(step);
    }

    private String when(Instant begin, Instant end, Duration step) {
        var here = begin.atZone(zone);
        if (step.toDays() == 1) {
            return DAY.format(here);
        }
        var format = step.toSeconds() < 60 ? SECOND : MINUTE;
        return format.format(here) + " to " + format.format(end.atZone(zone)).substring(4);
    }

    private static Look look(Piece piece) {
        return switch (piece.kind()) {
            case Kind.Stood(var state, _) -> Look.of(state);
            case Kind.Gap(_) -> Look.GAP;
        };
    }

    private static String word(Piece piece) {
        return switch (piece.kind()) {
            case Kind.Stood(var state, var flapping) -> flapping ? "flapping" : state.word();
            case Kind.Gap(var why) -> why.words();
        };
    }

    /// `critical 14 min, ok 5 h`, worst first.
    private static String words(List<Piece> pieces) {
        var lengths = new LinkedHashMap<String, Duration>();
        pieces.stream()
                .sorted(Comparator.comparing(Strip::look).reversed())
                .forEach(p -> lengths.merge(word(p), p.length(), Duration::plus));
        var words = new ArrayList<String>();
        lengths.forEach((word, length) -> words.add(word + " " + length(length)));
        return String.join(", ", words);
    }

    /// From the worst at the top down to the good.
    private static List<StripView.Bar> bars(List<Piece> pieces) {
        Map<Look, Long> lengths = new TreeMap<>(Comparator.reverseOrder());
        long all = 0;
        for (var piece : pieces) {
            lengths.merge(look(piece), piece.length().toMillis(), Long::sum);
            all += piece.length().toMillis();
        }
        var bars = new ArrayList<StripView.Bar>();
        int y = 0;
        int left = lengths.size();
        for (var one : lengths.entrySet()) {
            left--;
            int share = (int) (StripView.HEIGHT * one.getValue() / Math.max(1, all));
            int height =
                    left == 0
                            ? StripView.HEIGHT - y
                            : Math.max(2, Math.min(Math.max(LEAST_HEIGHT, share), 20 - y));
            bars.add(new StripView.Bar(one.getKey().css, y, Math.max(1, height)));
            y = Math.min(StripView.HEIGHT - 1, y + height);
        }
        return bars;
    }

    private List<StripView.Told> told(List<Piece> pieces) {
        var told = new ArrayList<StripView.Told>();
        for (var piece : pieces.reversed()) {
            if (!(piece.kind() instanceof Kind.Stood(var state, var flapping))) {
                told.add(told(piece, new StateBadge("no data", "·", "pending"), word(piece)));
            } else if (state != State.OK || flapping) {
                told.add(told(piece, StateBadge.of(state), flapping ? "flapping" : ""));
            }
        }
        return told;
    }

    private StripView.Told told(Piece piece, StateBadge badge, String note) {
        var around = piece.length().dividedBy(4).plusSeconds(30);
        return new StripView.Told(
                new Place(
                        SECOND.format(piece.from().atZone(zone)),
                        href.apply(piece.from().minus(around), piece.to().plus(around))),
                length(piece.length()),
                badge,
                note);
    }

    static String length(Duration length) {
        return length.toSeconds() < 1 && !length.isZero()
                ? length.toMillis() + " ms"
                : aramaki.server.web.view.Ages.text(length);
    }

    static When at(Instant at, ZoneId zone) {
        return When.clock(at, zone);
    }
}
