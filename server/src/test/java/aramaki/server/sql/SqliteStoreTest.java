package aramaki.server.sql;

import aramaki.server.store.Backend;
import aramaki.server.store.StoreContract;
import java.nio.file.Path;

/// The embedded store keeps what every store promises.
class SqliteStoreTest extends StoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
