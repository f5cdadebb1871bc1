package aramaki.agent.schedule;

import java.time.Instant;

/// The points in time at which a check runs.
sealed interface Rhythm permits Splay, CronRhythm {
    /// The first point after `time`.
    Instant after(Instant time);

    /// When a check that is new here first runs: soon, and not all at once.
    Instant first(Instant now);

    /// The point that follows such a first run.
    Instant afterFirst(Instant run);

    /// When a check runs next that was here before this agent started again.
    Instant resumed(Instant now);
}
