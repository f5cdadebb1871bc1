package aramaki.server.sql;

import aramaki.server.audit.AccessLogStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `AccessLogStore`.
class PostgresAccessLogStoreTest extends AccessLogStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
