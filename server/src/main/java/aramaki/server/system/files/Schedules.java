package aramaki.server.system.files;

import aramaki.model.observation.Schedule;

/// Schedules in words.
public final class Schedules {
    private Schedules() {}

    /// Such as `every 5m` or `cron 0 3 * * * Europe/Berlin`.
    public static String text(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Every(var every) -> "every " + Durations.text(every);
            case Schedule.Cron(var expression, var zone) ->
                    "cron " + expression + " " + zone.getId();
        };
    }
}
