package aramaki.server.sql;

import aramaki.server.agent.AgentStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `AgentStore`.
class PostgresAgentStoreTest extends AgentStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
