package aramaki.server.alert;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The port behind alerting: each alert as it stands, its episodes, and how far the log was read.
public interface AlertStore extends AlertTables {
    /// Which alerts to list.
    enum Which {
        /// Not over, whoever has them.
        FIRING,
        RESOLVED,
        ALL
    }

    /// One episode that was or is.
    record Episode(EpisodeId id, State severity, Instant since, Optional<Instant> resolvedAt) {}

    /// Firing first, then the latest first.
    List<Alert> alerts(Tx tx, Which which, Optional<SystemName> system, int limit);

    long countFiring(Tx tx);

    /// Firing ones that nobody has acknowledged.
    long countUnacknowledged(Tx tx);

    /// Firing ones whose acknowledgement ends before a moment, the soonest first.
    List<Alert> acknowledgedUntil(Tx tx, Instant before, int limit);

    /// Those that fired at some time from one moment to another.
    Set<AlertKey> firedBetween(Tx tx, Instant from, Instant to);

    /// Notes that an event tells of an act.
    void saveAct(Tx tx, String act, Hash event);

    /// The events that tell of an act.
    List<Hash> eventsOfAct(Tx tx, String act);

    /// Newest first.
    List<Episode> episodes(Tx tx, AlertKey key, int limit);

    /// The position in the log up to which this consumer has worked; 0 at first.
    long cursor(Tx tx, String consumer);

    void saveCursor(Tx tx, String consumer, long position);
}
