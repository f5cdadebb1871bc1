package aramaki.server.sql;

import aramaki.server.seen.SeenStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `SeenStore`.
class PostgresSeenStoreTest extends SeenStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
