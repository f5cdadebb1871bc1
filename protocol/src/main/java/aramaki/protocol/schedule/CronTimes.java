package aramaki.protocol.schedule;

import aramaki.model.Refusal;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The instants that a crontab expression of five fields names in a zone.
///
/// The library decides which local times an expression names, we decide which instants those are:
/// left alone it leaves out what falls into the hour that is skipped in spring. Here such a run
/// comes once, right after the gap, unless the check runs every hour anyhow. In the hour that is
/// repeated in autumn a fixed time runs once, the first time; minutes with a `*` and hourly times
/// run through both.
public final class CronTimes {
    /// How far ahead the next run may lie: a leap day can be eight years away.
    private static final Duration HORIZON = Duration.ofDays(9 * 366);

    private static final int LONGEST_EXPRESSION = 200;
    private static final LocalDate LEAP_YEAR = LocalDate.of(2024, 1, 1);
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneRules rules;
    private final boolean hourly;
    private final boolean throughBoth;
    private final boolean daily;

    private CronTimes(ExecutionTime times, ZoneRules rules, String[] fields) {
        this.times = times;
        this.rules = rules;
        this.hourly = fields[1].equals("*") || fields[1].equals("*/1");
        this.throughBoth = hourly || fields[0].startsWith("*");
        this.daily = fields[2].equals("*") && fields[3].equals("*") && fields[4].equals("*");
    }

    /// Refuses what is no expression, and one that names no day that ever comes.
    public static CronTimes of(String expression, ZoneId zone) {
        var times = ExecutionTime.forCron(parse(expression));
        var cron = new CronTimes(times, zone.getRules(), expression.strip().split("\\s+"));
        if (cron.local(LEAP_YEAR.atStartOfDay()) == null) {
            throw refusal("names a day that never comes; write one that does, such as 0 3 1 * *");
        }
        return cron;
    }

    private static Cron parse(String expression) {
        if (expression.length() > LONGEST_EXPRESSION) {
            throw refusal("is longer than " + LONGEST_EXPRESSION + " characters; write less");
        }
        try {
            return PARSER.parse(expression).validate();
        } catch (IllegalArgumentException e) {
            throw refusal(
                    "is no crontab expression ("
                            + why(e)
                            + "); write minute, hour, day of month, month and day of week, such as"
                            + " \"*/5 * * * *\" or \"0 3 * * MON-FRI\"");
        }
    }

    private static String why(IllegalArgumentException e) {
        var message = String.valueOf(e.getMessage());
        return message.replace("Failed to parse cron expression. ", "").strip();
    }

    private static Refusal refusal(String message) {
        return Refusal.invalid("bad-cron", message);
    }

    /// The first run after this moment; none where there is none in nine years.
    public Optional<Instant> after(Instant moment) {
        var from = moment;
        boolean inclusive = false;
        while (from.isBefore(moment.plus(HORIZON))) {
            var next = rules.nextTransition(from);
            var run = within(from, inclusive, next);
            if (run != null) {
                return Optional.of(run);
            } else if (next == null) {
                return Optional.empty();
            } else if (next.isGap() && !hourly && inGap(next)) {
                return Optional.of(next.getInstant());
            }
            from = next.getInstant();
            inclusive = true;
        }
        return Optional.empty();
    }

    /// The first run while the clocks keep their offset.
    private @Nullable Instant within(
            Instant from, boolean inclusive, @Nullable ZoneOffsetTransition end) {
        var offset = rules.getOffset(from);
        var start = LocalDateTime.ofInstant(from, offset);
        var local = local(inclusive ? start.minusSeconds(1) : start);
        if (local != null && !throughBoth) {
            var repeated = repeated(from);
            if (repeated != null && local.isBefore(repeated)) {
                local = local(repeated.minusSeconds(1));
            }
        }
        if (local == null) {
            return null;
        }
        var run = local.toInstant(offset);
        return end == null || run.isBefore(end.getInstant()) ? run : null;
    }

    /// Up to which local time everything has been before, after clocks were last put back.
    private @Nullable LocalDateTime repeated(Instant at) {
        var last = rules.previousTransition(at.plusNanos(1));
        return last != null && last.isOverlap() ? last.getDateTimeBefore() : null;
    }

    private boolean inGap(ZoneOffsetTransition gap) {
        var local = local(gap.getDateTimeBefore().minusSeconds(1));
        return local != null && local.isBefore(gap.getDateTimeAfter());
    }

    private @Nullable LocalDateTime local(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC))
                .map(run -> run.toLocalDateTime())
                .orElse(null);
    }

    /// The longest time between two runs in a leap year, by the clock on the wall.
    public Duration longestGap() {
        var first = local(LEAP_YEAR.atStartOfDay().minusSeconds(1));
        if (first == null) {
            return HORIZON;
        }
        var longest = Duration.ZERO;
        var last = first;
        for (var run = first; run != null && run.toLocalDate().equals(first.toLocalDate()); ) {
            longest = longer(longest, Duration.between(last, run));
            last = run;
            run = local(run);
        }
        // Every day that has runs has them at the same times.
        LocalTime latest = last.toLocalTime();
        var until = (daily ? LEAP_YEAR.plusDays(1) : LEAP_YEAR.plusYears(1)).atStartOfDay();
        for (var day = first; day.isBefore(until); ) {
            var end = day.toLocalDate().atTime(latest);
            var next = local(end);
            if (next == null) {
                return HORIZON;
            }
            longest = longer(longest, Duration.between(end, next));
            day = next;
        }
        return longest;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
