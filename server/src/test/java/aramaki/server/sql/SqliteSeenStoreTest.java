package aramaki.server.sql;

import aramaki.server.seen.SeenStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `SeenStore`.
class SqliteSeenStoreTest extends SeenStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
