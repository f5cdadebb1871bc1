package aramaki.server.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows on their way into a store. Without `commit` it stays as it was.
public interface Filling extends AutoCloseable {
    List<Table> tables();

    /// How many rows a table holds already.
    long count(Table table);

    /// Puts in what `source` gives, until it gives null.
    void rows(Table table, Source source);

    /// The store goes on numbering after this.
    void lastNumber(Table table, long last);

    void commit();

    @Override
    void close();

    /// Gives the next row, its values in the order of the table's columns; null at the end.
    @FunctionalInterface
    interface Source {
        @Nullable Object @Nullable [] next();
    }
}
