package aramaki.server.sql;

import aramaki.server.alert.AlertStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `AlertStore`.
class SqliteAlertStoreTest extends AlertStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
