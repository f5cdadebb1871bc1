package aramaki.server.sql;

import aramaki.server.store.Backend;
import aramaki.server.timeline.EventStoreContract;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `EventStore`.
class PostgresEventStoreTest extends EventStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
