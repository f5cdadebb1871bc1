package aramaki.server.sql;

import aramaki.server.observation.ObservationStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `ObservationStore`.
class SqliteObservationStoreTest extends ObservationStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
