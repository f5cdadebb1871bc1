package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Observation;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The port behind taking in observations: the latest of each, all of them, and what was refused.
public interface ObservationStore {
    Optional<Latest> latest(Tx tx, CheckKey key);

    /// The latest of these checks on one entity, where there is one.
    List<Latest> latestOf(
            Tx tx, SystemName system, EntityName entity, Collection<CheckName> checks);

    List<Latest> allLatest(Tx tx);

    /// Writes each; a key must not stand twice in `changed`.
    void saveLatest(Tx tx, List<Latest> changed);

    void forgetLatest(Tx tx, CheckKey key);

    void insert(Tx tx, List<Recorded> observations);

    /// The highest number ever given.
    long lastNumber(Tx tx);

    Optional<Recorded> find(Tx tx, long number);

    /// Newest first, with numbers below `before`.
    List<Recorded> history(
            Tx tx,
            SystemName system,
            CheckName check,
            Optional<EntityName> entity,
            long before,
            int limit);

    /// In the order of commit, with numbers above `after`.
    List<Recorded> after(Tx tx, long after, int limit);

    /// Deletes results committed before then with their hops, and what was refused before then; at
    /// most `limit` of each. The newest result stays, so that no number is ever given twice.
    /// Returns how many results went.
    int prune(Tx tx, Instant committedBefore, int limit);

    /// Up to where results of this epoch are durable; empty for an unknown epoch.
    Optional<Long> position(Tx tx, String agent, String epoch);

    void savePosition(Tx tx, String agent, String epoch, long seq);

    void refuse(Tx tx, Refused refused);

    /// Newest first.
    List<Refused> refusals(Tx tx, String agent, int limit);

    long countRefusals(Tx tx, String agent);

    /// Of all agents, in the order they came, with numbers above `after`.
    List<NumberedRefusal> refusalsAfter(Tx tx, long after, int limit);

    void saveEventHop(Tx tx, long observation, Hash event, Instant at);

    void saveAlertHop(Tx tx, long observation, Instant at);

    /// Only the first page counts.
    void savePageHop(Tx tx, long observation, Instant at);

    Optional<Hops> hops(Tx tx, long observation);

    /// An observation with where it came from and when each hop saw it.
    record Recorded(
            long number,
            Observation observation,
            String agent,
            String epoch,
            long seq,
            Instant spooled,
            Instant sent,
            Instant committed) {}

    /// What followed an observation.
    record Hops(Hash event, Instant eventAt, Optional<Instant> alertAt, Optional<Instant> pageAt) {}

    /// A result we could not accept, kept so that nobody has to guess, and acknowledged.
    record Refused(
            String agent, String epoch, long seq, Instant at, String reason, String result) {}

    /// A refused result with its place among all of them.
    record NumberedRefusal(long number, Refused refused) {}
}
