package aramaki.server.seen;

import aramaki.model.Refusal;
import aramaki.model.system.SystemGraph;
import aramaki.server.access.Caller;
import aramaki.server.sight.Sight;
import aramaki.server.store.Store;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/// Marks what people have seen. A mark moves only when a person says so, forward only, and never
/// beyond what there is.
public final class Seen {
    /// Marks kept per person; the oldest go first.
    static final int MARKS = 1000;

    private final Store store;
    private final SeenStore marks;
    private final News news;
    private final InstantSource clock;

    public Seen(Store store, SeenStore marks, News news, InstantSource clock) {
        this.store = store;
        this.marks = marks;
        this.news = news;
        this.clock = clock;
    }

    public Marks marks(Caller person) {
        return new Marks(store.read(tx -> marks.marks(tx, person.person())), clock.instant());
    }

    /// The news first: what happens while the rest is read stays new.
    public Attention attention(Caller person, SystemGraph graph) {
        var edition = news.now().only(Sight.current()::sees);
        return new Attention(marks(person), edition, graph);
    }

    /// The newest event, up to which can be marked now.
    public long position() {
        return news.now().position();
    }

    /// Moves marks.
    ///
    /// @param upTo the newest event that was shown; empty for up to now
    public Marks mark(Caller person, Collection<Subject> subjects, Optional<Long> upTo) {
        long newest = position();
        long position = upTo.orElse(newest);
        if (position < 1 || position > newest) {
            throw Refusal.invalid(
                    "bad-position",
                    "upTo must be the position of an event that was shown: 1 to " + newest);
        }
        var now = clock.instant();
        return store.write(
                tx -> {
                    var before = new Marks(marks.marks(tx, person.person()), now);
                    for (var subject : subjects) {
                        if (before.find(subject).map(Mark::position).orElse(0L) <= position) {
                            marks.save(tx, person.person(), new Mark(subject, position, now));
                        }
                        if (subject instanceof Subject.Home) {
                            // It makes the earlier ones on parts of everything pointless.
                            marks.removeUpTo(tx, person.person(), position - 1);
                        }
                    }
                    marks.keepNewest(tx, person.person(), MARKS);
                    return new Marks(marks.marks(tx, person.person()), now);
                });
    }
}
