package aramaki.server.sql;

import aramaki.server.audit.AccessLogStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `AccessLogStore`.
class SqliteAccessLogStoreTest extends AccessLogStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
