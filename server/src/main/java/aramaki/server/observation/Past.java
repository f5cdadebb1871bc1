package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.server.observation.Piece.Kind;
import aramaki.server.observation.Piece.Why;
import aramaki.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The past of one check without a hole: spans as they were written, the one that goes on, and what
/// nobody knows said as such. Silence while this server was down is nobody's but ours.
public final class Past {
    /// More spans than this are not read for one picture; the oldest are left out, and said.
    static final int MOST = 5000;

    private final PastStore past;

    public Past(PastStore past) {
        this.past = past;
    }

    /// In order, each beginning where the one before ended, from `from` to the earlier of `to` and
    /// now.
    public List<Piece> of(
            Tx tx,
            CheckKey key,
            Optional<Latest> latest,
            Duration ttl,
            Instant from,
            Instant to,
            Instant now) {
        var end = to.isBefore(now) ? to : now;
        if (!from.isBefore(end)) {
            return List.of();
        }
        var spans = new ArrayList<>(past.spans(tx, key, from, end, MOST).reversed());
        boolean cut = spans.size() == MOST;
        latest.ifPresent(l -> spans.addAll(l.trail().stretch().closed(key, now, ttl)));
        var downs = downs(tx, from);
        var pieces = new ArrayList<Piece>();
        var at = from;
        for (var span : spans) {
            if (!span.to().isAfter(at) || !span.from().isBefore(end)) {
                continue;
            }
            if (span.from().isAfter(at)) {
                var why = cut && pieces.isEmpty() ? Why.TOO_MANY : Why.NEVER_SEEN;
                pieces.add(new Piece(at, span.from(), new Kind.Gap(why)));
                at = span.from();
            }
            var stood = new Piece(at, span.to(), new Kind.Stood(span.state(), span.flapping()));
            pieces.addAll(excused(stood.within(at, end), downs));
            at = span.to();
        }
        if (at.isBefore(end)) {
            pieces.add(new Piece(at, end, new Kind.Gap(Why.NEVER_SEEN)));
        }
        return pieces;
    }

    /// When this server was not there to be told anything.
    private List<PastStore.Run> downs(Tx tx, Instant from) {
        var runs = past.runs(tx, from);
        var downs = new ArrayList<PastStore.Run>();
        for (int i = 1; i < runs.size(); i++) {
            downs.add(new PastStore.Run(runs.get(i - 1).alive(), runs.get(i).started()));
        }
        return downs;
    }

    /// Silence, with the time taken out of it in which we would not have heard.
    private static List<Piece> excused(Piece piece, List<PastStore.Run> downs) {
        if (!(piece.kind() instanceof Kind.Stood(var state, _)) || state != State.STALE) {
            return List.of(piece);
        }
        var pieces = new ArrayList<Piece>();
        var at = piece.from();
        for (var down : downs) {
            var gap =
                    new Piece(down.started(), down.alive(), new Kind.Gap(Why.SERVER_DOWN))
                            .within(at, piece.to());
            if (gap.from().isBefore(gap.to())) {
                if (at.isBefore(gap.from())) {
                    pieces.add(new Piece(at, gap.from(), piece.kind()));
                }
                pieces.add(gap);
                at = gap.to();
            }
        }
        if (at.isBefore(piece.to())) {
            pieces.add(new Piece(at, piece.to(), piece.kind()));
        }
        return pieces;
    }
}
