package aramaki.server.sql;

import aramaki.server.observation.ObservationStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `ObservationStore`.
class PostgresObservationStoreTest extends ObservationStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
