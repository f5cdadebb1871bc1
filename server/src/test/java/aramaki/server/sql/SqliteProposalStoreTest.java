package aramaki.server.sql;

import aramaki.server.proposal.ProposalStoreContract;
import aramaki.server.store.Backend;
import java.nio.file.Path;

/// The embedded store keeps the contract of `ProposalStore`.
class SqliteProposalStoreTest extends ProposalStoreContract {
    @Override
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }
}
