package aramaki.server.sql;

import aramaki.server.store.Backend;
import aramaki.server.system.SystemStoreContract;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `SystemStore`.
class PostgresSystemStoreTest extends SystemStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
