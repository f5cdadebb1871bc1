package aramaki.server.sql;

import aramaki.server.access.AccessStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `AccessStore`.
class SqliteAccessStoreTest extends AccessStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
