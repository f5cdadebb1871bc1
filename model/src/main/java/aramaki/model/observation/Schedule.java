package aramaki.model.observation;

import java.time.Duration;
import java.time.ZoneId;

/// When a check runs: again and again, or at times of day.
public sealed interface Schedule {
    /// Every so often, from a point that differs for each agent and check.
    record Every(Duration every) implements Schedule {}

    /// At the local times of a zone that a crontab expression of five fields names.
    record Cron(String expression, ZoneId zone) implements Schedule {}
}
