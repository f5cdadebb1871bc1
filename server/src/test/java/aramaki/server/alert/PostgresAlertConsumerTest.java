package aramaki.server.alert;

import aramaki.server.sql.PostgresBackend;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// Alerting is the same on PostgreSQL.
class PostgresAlertConsumerTest extends AlertConsumerTest {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
