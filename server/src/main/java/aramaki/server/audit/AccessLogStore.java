package aramaki.server.audit;

import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The port behind `AccessLog`: its lines, which may be forgotten.
public interface AccessLogStore {
    /// The id of the newest line; 0 when there is none.
    long lastId(Tx tx);

    /// Writes a line, or its newer time and count over it.
    void save(Tx tx, AccessEntry entry);

    /// Newest first.
    List<AccessEntry> find(Tx tx, Query query);

    /// The lines of the requests that caused these events.
    Map<Hash, AccessEntry> causing(Tx tx, Collection<Hash> events);

    /// From where a person asked, by what, the latest first.
    List<Place> places(Tx tx, String person, int limit);

    /// Forgets lines that were asked last before this, and says how many.
    int prune(Tx tx, Instant before, int limit);

    /// What to look for.
    ///
    /// @param looksOnly leaves out what caused events
    /// @param before only ids below; `Long.MAX_VALUE` for all
    record Query(
            boolean looksOnly,
            Optional<String> person,
            Optional<String> system,
            Optional<Instant> since,
            Optional<Instant> until,
            long before,
            int limit) {}

    /// An address from which a session or token was used.
    record Place(String address, String credential, Instant since, Instant until, long times) {}
}
