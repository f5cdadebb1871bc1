package aramaki.server.timeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells whoever listens of each event once it is durable. Listeners must be quick and keep nothing
/// back: it is a poke, the log is the truth.
public final class EventFeed {
    private final List<Consumer<StoredEvent>> listeners = new CopyOnWriteArrayList<>();

    /// Listens until the returned handle is closed.
    public Subscription listen(Consumer<StoredEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(StoredEvent event) {
        listeners.forEach(l -> l.accept(event));
    }

    /// Ends listening.
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
