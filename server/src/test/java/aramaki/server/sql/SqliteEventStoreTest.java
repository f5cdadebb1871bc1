package aramaki.server.sql;

import aramaki.server.store.Backend;
import aramaki.server.timeline.EventStoreContract;
import java.nio.file.Path;

/// The embedded store keeps the contract of `EventStore`.
class SqliteEventStoreTest extends EventStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
