package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind the past of one check: its spans, its results by time, and when this server was
/// there to be told of any.
public interface PastStore {
    /// Writes spans that ended.
    void insertSpans(Tx tx, List<Span> spans);

    /// Spans of which some part lies between the two moments, the latest first.
    List<Span> spans(Tx tx, CheckKey key, Instant from, Instant to, int limit);

    /// Deletes spans that ended before then; at most `limit`. Returns how many went.
    int pruneSpans(Tx tx, Instant before, int limit);

    /// Results made from one moment until before another, the latest first.
    List<Recorded> made(Tx tx, CheckKey key, Instant from, Instant to, int limit);

    /// The newest result that was made no later than then.
    Optional<Recorded> madeBy(Tx tx, CheckKey key, Instant at);

    /// A new run of this server began; returns its number.
    long beginRun(Tx tx, Instant at);

    /// The run goes on.
    void alive(Tx tx, long run, Instant at);

    /// The runs of which some part lies after a moment, in order, and the last one before it.
    List<Run> runs(Tx tx, Instant from);

    /// Deletes runs that ended before then.
    void pruneRuns(Tx tx, Instant before);

    /// One life of this server, as far as it is known to have lasted.
    record Run(Instant started, Instant alive) {}
}
