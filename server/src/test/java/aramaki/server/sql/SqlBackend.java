package aramaki.server.sql;

import aramaki.server.access.AccessStore;
import aramaki.server.access.LinkedIdentityStore;
import aramaki.server.agent.AgentStore;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.SilenceStore;
import aramaki.server.audit.AccessLogStore;
import aramaki.server.observation.MetricStore;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.PastStore;
import aramaki.server.projection.SnapshotStore;
import aramaki.server.projection.Tables;
import aramaki.server.proposal.ProposalStore;
import aramaki.server.seen.SeenStore;
import aramaki.server.store.Backend;
import aramaki.server.system.SystemStore;
import aramaki.server.timeline.EventStore;

/// The ports in SQL, whatever the database is.
interface SqlBackend extends Backend {
    @Override
    default EventStore events() {
        return new SqlEventStore();
    }

    @Override
    default ObservationStore observations() {
        return new SqlObservationStore();
    }

    @Override
    default PastStore past() {
        return new SqlPastStore();
    }

    @Override
    default MetricStore metrics() {
        return new SqlMetricStore();
    }

    @Override
    default AlertStore alerts() {
        return new SqlAlertStore();
    }

    @Override
    default SilenceStore silences() {
        return new SqlSilenceStore();
    }

    @Override
    default AgentStore agents() {
        return new SqlAgentStore();
    }

    @Override
    default SystemStore systems() {
        return new SqlSystemStore();
    }

    @Override
    default AccessStore access() {
        return new SqlAccessStore();
    }

    @Override
    default LinkedIdentityStore identities() {
        return new SqlLinkedIdentityStore();
    }

    @Override
    default ProposalStore proposals() {
        return new SqlProposalStore();
    }

    @Override
    default SeenStore seen() {
        return new SqlSeenStore();
    }

    @Override
    default Tables tables() {
        return new SqlTables();
    }

    @Override
    default SnapshotStore snapshots() {
        return new SqlSnapshotStore();
    }

    @Override
    default AccessLogStore accessLog() {
        return new SqlAccessLogStore();
    }
}
