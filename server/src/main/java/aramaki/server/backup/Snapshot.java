package aramaki.server.backup;

import aramaki.server.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything in the store at one moment.
public interface Snapshot extends AutoCloseable {
    /// The number of the schema the tables are of.
    int schema();

    /// Every table there is, by name; none is left out, so that a new one cannot be forgotten.
    List<Table> tables();

    /// Gives every row to `sink`, in the order of the key, one at a time.
    void rows(Table table, Sink sink);

    /// The highest number this table ever gave out, also to rows that are gone.
    long lastNumber(Table table);

    /// For the ports that know what the tables mean; it reads the same moment.
    Tx tx();

    @Override
    void close();

    /// Takes one row, its values in the order of the table's columns. The array is used again.
    @FunctionalInterface
    interface Sink {
        void row(@Nullable Object[] values);
    }
}
