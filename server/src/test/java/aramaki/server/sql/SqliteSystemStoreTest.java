package aramaki.server.sql;

import aramaki.server.store.Backend;
import aramaki.server.system.SystemStoreContract;
import java.nio.file.Path;

/// The embedded store keeps the contract of `SystemStore`.
class SqliteSystemStoreTest extends SystemStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
