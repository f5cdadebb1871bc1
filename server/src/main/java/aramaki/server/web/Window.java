package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.server.http.Exchange;
import aramaki.server.system.files.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The stretch of time that a page looks at, from one minute to ninety days.
///
/// @param to not included
/// @param rolling whether it ends now, whenever that is
/// @param asked whether somebody asked for it; otherwise it is the usual one
record Window(Instant from, Instant to, boolean rolling, boolean asked) {
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(90);
    static final Duration USUAL = Duration.ofHours(24);

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /// The lengths that one zooms through.
    static final List<Duration> STEPS =
            List.of(
                    SHORTEST,
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    USUAL,
                    Duration.ofDays(3),
                    Duration.ofDays(7),
                    Duration.ofDays(14),
                    Duration.ofDays(30),
                    LONGEST);

    /// Reads `from` and `to`: `6h` ago, a day, an instant, or `now`.
    static Window of(Exchange exchange, Instant now, ZoneId zone) {
        var begin = exchange.query("from");
        var end = exchange.query("to").filter(text -> !text.equals("now"));
        boolean rolling =
                end.isEmpty() && begin.flatMap(Durations::parse).isPresent() == begin.isPresent();
        boolean asked = begin.isPresent() || end.isPresent();
        var to = end.map(text -> moment("to", text, now, zone)).orElse(now);
        var from =
                begin.map(text -> moment("from", text, now, zone)).orElseGet(() -> to.minus(USUAL));
        if (!from.isBefore(to)) {
            throw Refusal.invalid("bad-range", "from must be before to, and before now");
        }
        return between(from, to, rolling, asked);
    }

    static Window around(Instant moment, Duration within) {
        return new Window(moment.minus(within), moment.plus(within), false, true);
    }

    /// No shorter and no longer than can be drawn.
    private static Window between(Instant from, Instant to, boolean rolling, boolean asked) {
        var length = Duration.between(from, to);
        if (length.compareTo(LONGEST) > 0) {
            return new Window(to.minus(LONGEST), to, rolling, asked);
        }
        if (length.compareTo(SHORTEST) < 0) {
            var middle = from.plus(length.dividedBy(2));
            return new Window(
                    rolling ? to.minus(SHORTEST) : middle.minus(SHORTEST.dividedBy(2)),
                    rolling ? to : middle.plus(SHORTEST.dividedBy(2)),
                    rolling,
                    asked);
        }
        return new Window(from, to, rolling, asked);
    }

    static Instant moment(String name, String text, Instant now, ZoneId zone) {
        var ago = Durations.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            var at =
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                            : Instant.parse(text);
            if (at.isBefore(Instant.EPOCH) || at.isAfter(LAST)) {
                throw noTime(name);
            }
            return at;
        } catch (DateTimeException e) {
            throw noTime(name);
        }
    }

    private static Refusal noTime(String name) {
        return Refusal.invalid(
                "bad-instant", name + " is no time: write 6h, 2026-11-22 or 2026-11-22T03:00:00Z");
    }

    Duration length() {
        return Duration.between(from, to);
    }

    boolean has(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /// Where a moment lies, from 0 to 1.
    double place(Instant at) {
        return (double) Duration.between(from, at).toMillis() / Math.max(1, length().toMillis());
    }

    /// A shorter one around the same middle, or with the same end when that is now.
    Optional<Window> in() {
        return STEPS.reversed().stream()
                .filter(step -> step.compareTo(length()) < 0)
                .findFirst()
                .map(this::resized);
    }

    /// A longer one.
    Optional<Window> out() {
        return STEPS.stream()
                .filter(step -> step.compareTo(length()) > 0)
                .findFirst()
                .map(this::resized);
    }

    Window resized(Duration length) {
        var begin =
                rolling
                        ? to.minus(length)
                        : from.plus(length().dividedBy(2)).minus(length.dividedBy(2));
        return new Window(begin, begin.plus(length), rolling, true);
    }

    /// As far away as half of it is long.
    Window moved(int direction) {
        var step = length().dividedBy(2).multipliedBy(direction);
        return new Window(from.plus(step), to.plus(step), false, true);
    }

    /// As part of an address: what ends now goes on doing so.
    String parameters(Instant now) {
        boolean reachesNow = rolling || !to.isBefore(now);
        return reachesNow
                ? "&from=" + Durations.text(length().truncatedTo(ChronoUnit.SECONDS))
                : "&from=" + text(from) + "&to=" + text(to);
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
