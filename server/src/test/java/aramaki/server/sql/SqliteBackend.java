package aramaki.server.sql;

import aramaki.server.store.Store;
import java.nio.file.Path;

/// The embedded store in a folder of its own.
public record SqliteBackend(Path folder) implements SqlBackend {
    @Override
    public Store open() {
        return SqliteStore.open(file());
    }

    /// The database itself, for tests that damage it.
    public Path file() {
        return folder.resolve("aramaki.db");
    }
}
