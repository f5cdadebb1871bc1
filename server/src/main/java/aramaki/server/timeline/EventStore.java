package aramaki.server.timeline;

import aramaki.model.timeline.Hash;
import aramaki.model.timeline.HybridTime;
import aramaki.model.timeline.LogId;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The port behind `EventLog`: rows as they were written, never changed but for pruned payloads.
public interface EventStore {
    /// Where a log ends: nothing yet is epoch 0, seq 0, `Hash.NONE`.
    record End(long epoch, long seq, Hash hash) {
        public static final End NOTHING = new End(0, 0, Hash.NONE);
    }

    End end(Tx tx, LogId log);

    /// The epoch in which events are appended now; 0 as long as the instance was never restored.
    long epoch(Tx tx);

    /// Appends; the position returned grows with every append of any log.
    long append(Tx tx, StoredEvent event);

    /// All logs that have events.
    List<LogId> logs(Tx tx);

    /// Events of every log after a position, in the order they were appended here.
    List<StoredEvent> after(Tx tx, long position, int limit);

    /// The same, of these types only.
    List<StoredEvent> ofTypes(Tx tx, Set<String> types, long position, int limit);

    /// Events of one log after a seq, in log order.
    List<StoredEvent> ofLog(Tx tx, LogId log, long epoch, long afterSeq, int limit);

    Optional<StoredEvent> find(Tx tx, Hash hash);

    /// Newest first.
    List<StoredEvent> search(Tx tx, Query query);

    /// Events by the time at which they happened, within a range and in one direction.
    List<StoredEvent> happened(Tx tx, Happened query);

    /// How many events of each type there are in each slot of time; none are left out.
    List<SlotCount> count(Tx tx, Set<String> systems, List<String> types, List<Slot> slots);

    /// Takes away what an event says, and the salt by which it could be guessed; its header stays.
    void dropPayload(Tx tx, Hash event);

    /// Remembers that one event speaks of another.
    void refer(Tx tx, Hash target, Hash event, Relation relation);

    /// The events that speak of another, oldest first.
    List<StoredEvent> referring(Tx tx, Hash target, Relation relation, int limit);

    /// The event that something told from outside became; empty when it was not told before.
    Optional<Hash> received(Tx tx, Hash identity);

    void saveReceived(Tx tx, Hash identity, Hash event);

    /// The position of the event that was appended last; 0 when there is none.
    long lastPosition(Tx tx);

    /// The latest hybrid time ever recorded.
    HybridTime lastRecorded(Tx tx);

    void saveHead(Tx tx, LogId log, long epoch, long seq, byte[] envelope);

    /// The newest signed head of a log.
    Optional<byte[]> head(Tx tx, LogId log);

    /// Logs whose newest event has no signed head yet.
    List<LogId> withoutHead(Tx tx);

    /// Every log that has events or an end, as it lies there. What cannot be read because the file
    /// is damaged is refused as `store-damaged`, here and in `rawEvents`.
    List<RawLog> rawLogs(Tx tx);

    /// The events of a log as they lie there, in the order of epoch and seq.
    List<RawEvent> rawEvents(Tx tx, RawLog log, long epoch, long afterSeq, int limit);

    /// A log's end as it lies there, not yet believed: `Verify` reads what may be damaged.
    ///
    /// @param hash empty when events are there but no end is
    record RawLog(
            String system,
            String eventClass,
            long epoch,
            long seq,
            String hash,
            long headSeq,
            Optional<byte[]> head) {}

    /// An event as it lies there, not yet believed.
    ///
    /// @param position order of appending on this instance over all logs
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record RawEvent(
            long position,
            long epoch,
            long seq,
            String hash,
            byte[] header,
            byte[] salt,
            byte @Nullable [] payload) {}

    /// How one event speaks of another.
    enum Relation {
        /// It is attached to it.
        ABOUT,
        /// It links to it.
        LINK,
        /// It tells that its payload was taken away.
        REDACTED
    }

    /// A stretch of time, its end not included.
    record Slot(Instant from, Instant to) {}

    /// So many events of a type in the slot of this number.
    record SlotCount(String type, int slot, long events) {}

    /// What to look for in the order of time.
    ///
    /// @param systems ids, or empty for all
    /// @param types words, or empty for all
    /// @param text part of the payload, in any case; empty for all
    /// @param to not included
    /// @param backwards newest first; otherwise oldest first
    /// @param beyond position of the last event of the page before; 0 for the first page
    record Happened(
            Set<String> systems,
            Set<String> types,
            String text,
            Instant from,
            Instant to,
            boolean backwards,
            long beyond,
            int limit) {}

    /// What to look for.
    ///
    /// @param systems ids, or empty for all
    /// @param types words, or empty for all
    /// @param text part of the payload, in any case; empty for all
    /// @param before only positions below; `Long.MAX_VALUE` for all
    record Query(
            Set<String> systems,
            Set<String> classes,
            Set<String> types,
            String text,
            long before,
            Optional<Instant> since,
            Optional<Instant> until,
            int limit) {}
}
