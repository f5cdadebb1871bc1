package aramaki.server.sql;

import aramaki.server.access.LinkedIdentityStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `LinkedIdentityStore`.
class PostgresLinkedIdentityStoreTest extends LinkedIdentityStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
