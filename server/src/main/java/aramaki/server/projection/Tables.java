package aramaki.server.projection;

import aramaki.server.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The port to the rows of projections as they lie there, not yet believed: every value as text, an
/// absent one as the empty text.
public interface Tables {
    void each(Tx tx, Table table, Consumer<List<String>> row);

    Optional<List<String>> find(Tx tx, Table table, List<String> key);

    /// Writes a row new, or the columns named over those of its key.
    void put(Tx tx, Table table, List<String> row);

    void remove(Tx tx, Table table, List<String> key);

    /// Rows whose event is no more.
    List<List<String>> withoutEvent(Tx tx, Table table, int limit);

    /// What lies in the store besides the logs and does not fit together: latest values without
    /// their result, results beyond what was acknowledged, results that stand twice.
    List<String> disagreements(Tx tx);
}
