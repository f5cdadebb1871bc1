package aramaki.server.sql;

import aramaki.server.access.AccessStore;
import aramaki.server.agent.AgentStore;
import aramaki.server.alert.AlertStore;
import aramaki.server.observation.MetricStore;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.PastStore;
import aramaki.server.projection.SnapshotStore;
import aramaki.server.projection.Tables;
import aramaki.server.proposal.ProposalStore;
import aramaki.server.seen.SeenStore;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.system.SystemStore;
import aramaki.server.timeline.EventStore;
import java.nio.file.Path;

/// The embedded store in a folder of its own.
public record SqliteBackend(Path folder) implements Backend {
    @Override
    public Store open() {
        return SqliteStore.open(file());
    }

    /// The database itself, for tests that damage it.
    public Path file() {
        return folder.resolve("aramaki.db");
    }

    @Override
    public EventStore events() {
        return new SqlEventStore();
    }

    @Override
    public ObservationStore observations() {
        return new SqlObservationStore();
    }

    @Override
    public PastStore past() {
        return new SqlPastStore();
    }

    @Override
    public MetricStore metrics() {
        return new SqlMetricStore();
    }

    @Override
    public AlertStore alerts() {
        return new SqlAlertStore();
    }

    @Override
    public AgentStore agents() {
        return new SqlAgentStore();
    }

    @Override
    public SystemStore systems() {
        return new SqlSystemStore();
    }

    @Override
    public AccessStore access() {
        return new SqlAccessStore();
    }

    @Override
    public ProposalStore proposals() {
        return new SqlProposalStore();
    }

    @Override
    public SeenStore seen() {
        return new SqlSeenStore();
    }

    @Override
    public Tables tables() {
        return new SqlTables();
    }

    @Override
    public SnapshotStore snapshots() {
        return new SqlSnapshotStore();
    }
}
