package aramaki.server.observation;

import aramaki.server.sql.PostgresBackend;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// Taking results is the same on PostgreSQL.
class PostgresIntakeTest extends IntakeTest {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
