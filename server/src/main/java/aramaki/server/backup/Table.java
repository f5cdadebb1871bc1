package aramaki.server.backup;

import java.util.List;
import java.util.Optional;

/// A table of the store, as the store itself describes it.
///
/// @param columns in the order of their names, which is the same whatever the store
/// @param key what rows are ordered by, so that the same content gives the same bytes
/// @param numbered the column that the store numbers by itself
public record Table(
        String name, List<Column> columns, List<String> key, Optional<String> numbered) {
    public Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
