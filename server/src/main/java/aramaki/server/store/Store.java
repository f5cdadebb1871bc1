package aramaki.server.store;

import aramaki.model.Refusal;
import java.util.Optional;
import java.util.function.Function;

/// Where everything durable is kept.
public interface Store extends AutoCloseable {
    /// Runs `work` against a consistent snapshot; it must not write.
    <T> T read(Function<Tx, T> work);

    /// Runs `work` in the order of arrival, one unit at a time, and returns its value only after it
    /// is durable. Several units share one commit; a unit that throws is undone alone, and its
    /// exception comes out here.
    ///
    /// A refusal that is `unavailable` says that the store cannot be written to now. With the code
    /// `store-in-doubt` the unit may be durable all the same: what follows its commit runs when
    /// that is known, before any other unit. So whoever works from what memory holds looks again
    /// within the unit whether that is still so.
    <T> T write(Function<Tx, T> work);

    /// Why nothing can be written now, as far as it shows; empty while all is well.
    Optional<Refusal> trouble();

    @Override
    void close();
}
