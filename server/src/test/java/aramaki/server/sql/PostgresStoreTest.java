package aramaki.server.sql;

import aramaki.server.store.Backend;
import aramaki.server.store.StoreContract;
import java.nio.file.Path;

/// PostgreSQL keeps what every store promises.
class PostgresStoreTest extends StoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
