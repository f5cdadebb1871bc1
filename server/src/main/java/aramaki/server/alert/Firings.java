package aramaki.server.alert;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is kept of an alert key's past, bounded whatever it does: at most 192 hours and 84 days of
/// counts, the lengths of the last 64 episodes, and 24 counts for the hours of the day.
///
/// @param hours hours since 1970 in which it fired, with how often; days older than 8 stand as
///     their first hour
/// @param lasted seconds, the latest first
/// @param byHour how often it fired in each hour of the day, UTC
public record Firings(
        Instant first,
        Optional<Instant> lastOk,
        int total,
        SortedMap<Long, Integer> hours,
        List<Long> lasted,
        List<Integer> byHour) {
    private static final int LENGTHS = 64;
    private static final int EXACT_HOURS = 8 * 24;
    private static final int KEPT_HOURS = 92 * 24;
    private static final int USUAL_AT_LEAST = 3;

    public Firings {
        hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
        lasted = List.copyOf(lasted);
        byHour = List.copyOf(byHour);
    }

    /// Of a key that never fired.
    public static Firings none(Instant at) {
        return new Firings(
                at, Optional.empty(), 0, new TreeMap<>(), List.of(), Collections.nCopies(24, 0));
    }

    /// Of an alert that was there before its past was kept.
    public static Firings of(Alert alert) {
        return none(alert.since()).fired(alert.since(), Optional.empty());
    }

    /// It fired again.
    ///
    /// @param ok when what it is about was still good, as far as the cause tells
    public Firings fired(Instant at, Optional<Instant> ok) {
        long hour = hour(at);
        var counts = compact(hour);
        counts.merge(hour, 1, Integer::sum);
        var byHour = new ArrayList<>(this.byHour);
        int ofDay = AlertHistory.hourOf(at);
        byHour.set(ofDay, byHour.get(ofDay) + 1);
        return new Firings(
                at.isBefore(first) || total == 0 ? at : first,
                ok.or(() -> lastOk),
                total + 1,
                counts,
                lasted,
                byHour);
    }

    /// The episode that began `since` ended.
    public Firings resolved(Instant since, Instant at) {
        var lengths = new ArrayList<Long>();
        lengths.add(Math.max(0, Duration.between(since, at).toSeconds()));
        lengths.addAll(lasted.subList(0, Math.min(lasted.size(), LENGTHS - 1)));
        return new Firings(first, Optional.of(at), total, hours, lengths, byHour);
    }

    /// The episode that began `since` was ended by hand: that nothing is bad any more, nobody saw.
    public Firings closed(Instant since, Instant at) {
        return new Firings(first, lastOk, total, hours, resolved(since, at).lasted(), byHour);
    }

    /// The latest episode goes on after all.
    public Firings reopened() {
        var left = lasted.isEmpty() ? lasted : lasted.subList(1, lasted.size());
        return new Firings(first, lastOk, total, hours, left, byHour);
    }

    private TreeMap<Long, Integer> compact(long now) {
        var counts = new TreeMap<Long, Integer>();
        hours.tailMap(now - KEPT_HOURS)
                .forEach(
                        (hour, count) ->
                                counts.merge(
                                        hour < now - EXACT_HOURS ? hour / 24 * 24 : hour,
                                        count,
                                        Integer::sum));
        return counts;
    }

    /// What it comes to at a moment.
    ///
    /// @param ok when the newest good result was made, where one is known
    public AlertHistory history(Instant now, Optional<Instant> ok) {
        return new AlertHistory(
                first,
                Stream.of(lastOk, ok).flatMap(Optional::stream).max(Instant::compareTo),
                times(now, 1),
                times(now, 7),
                times(now, 90),
                median(),
                usualHour(),
                total);
    }

    private int times(Instant now, int days) {
        return hours.tailMap(hour(now) - days * 24L).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private OptionalLong median() {
        return lasted.stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(lasted.size() / 2)
                .findFirst();
    }

    private OptionalInt usualHour() {
        int best = 0;
        for (int hour = 1; hour < 24; hour++) {
            if (around(hour) > around(best)
                    || around(hour) == around(best) && byHour.get(hour) > byHour.get(best)) {
                best = hour;
            }
        }
        boolean usual = around(best) >= USUAL_AT_LEAST && 2 * around(best) >= total;
        return usual ? OptionalInt.of(best) : OptionalInt.empty();
    }

    private int around(int hour) {
        return byHour.get((hour + 23) % 24) + byHour.get(hour) + byHour.get((hour + 1) % 24);
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 3600);
    }
}
