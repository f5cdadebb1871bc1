package aramaki.server.sql;

import aramaki.server.access.AccessStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `AccessStore`.
class PostgresAccessStoreTest extends AccessStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
