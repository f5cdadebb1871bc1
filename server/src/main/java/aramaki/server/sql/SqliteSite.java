package aramaki.server.sql;

import aramaki.server.backup.Contents;
import aramaki.server.backup.Site;
import aramaki.server.store.Store;
import java.nio.file.Path;

/// The embedded store in a file.
record SqliteSite(Path file) implements Site {
    @Override
    public int newestSchema() {
        return SqliteStore.newestSchema();
    }

    @Override
    public Contents contents() {
        return SqliteStore.contents(file);
    }

    @Override
    public Contents make(int schema) {
        SqliteStore.migrate(file, schema);
        return SqliteStore.contents(file);
    }

    @Override
    public Store open() {
        return SqliteStore.open(file);
    }
}
