package aramaki.server.projection;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.server.projection.Projections.Run;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Folds the logs anew, compares what they come to with what lies in the tables, and puts the
/// tables right, in one unit of work: a kill before its end changes nothing.
public final class Rebuild {
    private static final int PAGE = 1000;
    private static final int TRIES = 3;

    private final Store store;
    private final EventStore events;
    private final Projections projections;
    private final SnapshotStore snapshots;
    private final Runnable reload;

    /// @param reload what is kept in memory of the tables
    public Rebuild(
            Store store,
            EventStore events,
            Projections projections,
            SnapshotStore snapshots,
            Runnable reload) {
        this.store = store;
        this.events = events;
        this.projections = projections;
        this.snapshots = snapshots;
        this.reload = reload;
    }

    /// What was folded and what differed.
    ///
    /// @param from position of the snapshot it began with; 0 for the first event
    /// @param position up to where
    /// @param events how many were looked at
    /// @param differences what the tables said otherwise, and is right now
    /// @param left what the logs are not enough to put right
    public record Report(
            long from, long position, long events, List<String> differences, List<String> left) {}

    /// Puts the tables right.
    ///
    /// @param fromStart whether to fold from the first event on, though there is a snapshot
    public Report run(boolean fromStart) {
        for (int i = 0; i < TRIES; i++) {
            var folded = store.read(tx -> fold(tx, fromStart));
            var report = store.write(tx -> replace(tx, folded));
            if (report.isPresent()) {
                if (!report.get().differences().isEmpty()) {
                    reload.run();
                }
                return report.get();
            }
        }
        throw Refusal.conflict(
                "busy", "events are being redacted just now: rebuild again when that is over");
    }

    /// What was folded while others went on writing.
    private static final class Folded {
        private final Run run;
        private final long from;
        private long position;
        private long seen;

        Folded(Run run, long from) {
            this.run = run;
            this.from = from;
        }
    }

    private Folded fold(Tx tx, boolean fromStart) {
        var snapshot = fromStart ? Optional.<Snapshot>empty() : usable(tx);
        long from = snapshot.map(Snapshot::position).orElse(0L);
        var folded = new Folded(projections.begin(tx, snapshot), from);
        read(tx, folded, folded.run.otherTypes(), 0, folded.run::seeOther);
        read(tx, folded, folded.run.alertTypes(), from, folded.run::seeAlert);
        folded.position = events.lastPosition(tx);
        return folded;
    }

    /// A snapshot that belongs to these logs.
    private Optional<Snapshot> usable(Tx tx) {
        return snapshots
                .newest(tx)
                .filter(Snapshot::ofToday)
                .filter(s -> position(tx, s.at()).filter(p -> p == s.position()).isPresent());
    }

    private Optional<Long> position(Tx tx, Hash hash) {
        return events.find(tx, hash).map(StoredEvent::position);
    }

    private void read(
            Tx tx, Folded folded, Set<String> types, long after, BiConsumer<Tx, StoredEvent> see) {
        long position = after;
        while (true) {
            var page = events.ofTypes(tx, types, position, PAGE);
            page.forEach(event -> see.accept(tx, event));
            folded.seen += page.size();
            if (page.size() < PAGE) {
                return;
            }
            position = page.getLast().position();
        }
    }

    /// What came meanwhile, then the tables; empty when something that was folded has been taken
    /// away since.
    private Optional<Report> replace(Tx tx, Folded folded) {
        read(tx, folded, folded.run.types(), folded.position, folded.run::see);
        if (folded.run.outdated()) {
            return Optional.empty();
        }
        var differences = folded.run.compare(tx);
        differences.forEach(d -> d.cure().accept(tx));
        return Optional.of(
                new Report(
                        folded.from,
                        events.lastPosition(tx),
                        folded.seen,
                        texts(differences, true),
                        texts(differences, false)));
    }

    private static List<String> texts(List<Difference> differences, boolean curable) {
        return differences.stream()
                .filter(d -> d.curable() == curable)
                .map(Difference::what)
                .toList();
    }
}
