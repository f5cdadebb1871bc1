package aramaki.server.seen;

import aramaki.server.store.Tx;
import java.util.List;

/// The port behind `Seen`: the marks of each person.
public interface SeenStore {
    List<Mark> marks(Tx tx, String person);

    /// Puts the mark where there was none, or moves it.
    void save(Tx tx, String person, Mark mark);

    /// Forgets every mark of this person at or before a position.
    void removeUpTo(Tx tx, String person, long position);

    /// Keeps the newest so many marks of this person.
    void keepNewest(Tx tx, String person, int count);
}
