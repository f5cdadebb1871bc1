package aramaki.agent.link;

import aramaki.agent.spool.Spool;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Somebody who follows from outside what becomes of an agent's results.
public interface Witness {
    /// Nobody.
    Witness NONE = new Witness() {};

    /// The spool as it was found, before anything is added or sent.
    default void opened(Spool spool) throws IOException {}

    /// These are on disk, and nobody can read them before this returns.
    default void durable(String epoch, List<Spool.Numbered> results) throws IOException {}

    /// The server said that it has everything up to there.
    ///
    /// @param spooled when each of those it had not said so of before was spooled
    default void acknowledged(String epoch, long seq, List<Instant> spooled) {}

    /// The server is about to be told that these will never come.
    default void gap(String epoch, long from, long to) {}
}
