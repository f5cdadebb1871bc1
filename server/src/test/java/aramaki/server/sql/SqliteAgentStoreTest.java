package aramaki.server.sql;

import aramaki.server.agent.AgentStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `AgentStore`.
class SqliteAgentStoreTest extends AgentStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
