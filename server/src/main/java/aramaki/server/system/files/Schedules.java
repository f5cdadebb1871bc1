package aramaki.server.system.files;

import aramaki.model.observation.Schedule;
import aramaki.protocol.schedule.CronTimes;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Schedules in words.
public final class Schedules {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private Schedules() {}

    /// Such as `every 5m` or `cron 0 3 * * * Europe/Berlin`.
    public static String text(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Every(var every) -> "every " + Durations.text(every);
            case Schedule.Cron(var expression, var zone) ->
                    "cron " + expression + " " + zone.getId();
        };
    }

    /// When it runs next, for one whose times are the same on every agent.
    public static Optional<Instant> next(Schedule schedule, Instant now) {
        return switch (schedule) {
            case Schedule.Every _ -> Optional.empty();
            case Schedule.Cron(var expression, var zone) ->
                    CronTimes.of(expression, zone).after(now);
        };
    }

    /// The same with its next run, in its own zone.
    public static String text(Schedule schedule, Instant now) {
        return switch (schedule) {
            case Schedule.Every _ -> text(schedule);
            case Schedule.Cron(_, var zone) ->
                    text(schedule)
                            + next(schedule, now)
                                    .map(at -> ", next " + at.atZone(zone).format(MINUTE))
                                    .orElse("");
        };
    }
}
