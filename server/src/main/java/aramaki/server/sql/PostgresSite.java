package aramaki.server.sql;

import aramaki.server.backup.Contents;
import aramaki.server.backup.Site;
import aramaki.server.store.Store;
import aramaki.server.store.StoreSettings.Postgres;

/// The store in a PostgreSQL database.
record PostgresSite(Postgres settings) implements Site {
    @Override
    public int newestSchema() {
        return SqliteStore.newestSchema(); // the steps are the same
    }

    @Override
    public Contents contents() {
        return PostgresStore.contents(settings);
    }

    @Override
    public Contents make(int schema) {
        PostgresStore.migrate(settings, schema);
        return PostgresStore.contents(settings);
    }

    @Override
    public Store open() {
        return PostgresStore.open(settings);
    }
}
