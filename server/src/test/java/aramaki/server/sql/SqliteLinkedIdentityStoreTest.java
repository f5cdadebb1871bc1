package aramaki.server.sql;

import aramaki.server.access.LinkedIdentityStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `LinkedIdentityStore`.
class SqliteLinkedIdentityStoreTest extends LinkedIdentityStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
