package aramaki.server.runtime;

import java.time.Duration;
import java.time.Instant;

/// Work in the background: looks at the world, does what is due, is idempotent, and is never run
/// twice at once. Takes no input but the time; woken by its timer or by a poke.
public interface Task {
    String name();

    /// Does what is due and says how long to wait for the next run, unless poked.
    Duration run(Instant now);
}
