package aramaki.server.sql;

import aramaki.server.alert.AlertStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `AlertStore`.
class PostgresAlertStoreTest extends AlertStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
