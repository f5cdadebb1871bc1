package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.system.ManagedSystem;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What people write down, in the log of the system it is about.
public final class Notes {
    private static final int MAX = 10_000;

    private final Store store;
    private final EventLog log;
    private final InstantSource clock;

    public Notes(Store store, EventLog log, InstantSource clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /// Adds a note.
    ///
    /// @param at when it was, if not now
    public StoredEvent add(ManagedSystem system, String text, Optional<Instant> at, By by) {
        String note = text.strip();
        if (note.isEmpty() || note.length() > MAX) {
            throw Refusal.invalid("bad-note", "a note has 1 to " + MAX + " characters");
        }
        var when = at.orElseGet(clock::instant);
        return store.write(
                tx -> log.append(tx, system.id(), new Payload.NoteAdded(note), when, by));
    }
}
