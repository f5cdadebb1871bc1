package aramaki.server.store;

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
import aramaki.server.system.SystemStore;
import aramaki.server.timeline.EventStore;

/// A database with its ports, opened as often as a test likes over the same data: what the contract
/// tests run against, and all they know of it.
public interface Backend {
    Store open();

    EventStore events();

    ObservationStore observations();

    PastStore past();

    MetricStore metrics();

    AlertStore alerts();

    SilenceStore silences();

    AgentStore agents();

    SystemStore systems();

    AccessStore access();

    LinkedIdentityStore identities();

    ProposalStore proposals();

    SeenStore seen();

    Tables tables();

    SnapshotStore snapshots();

    AccessLogStore accessLog();
}
