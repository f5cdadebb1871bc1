package aramaki.server.sql;

import aramaki.server.proposal.ProposalStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// PostgreSQL keeps the contract of `ProposalStore`.
class PostgresProposalStoreTest extends ProposalStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }
}
