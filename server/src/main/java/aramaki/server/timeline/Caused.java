package aramaki.server.timeline;

import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/// The events that one request caused, each from when it was durable. While the request is answered
/// it is bound to it, also where its work runs in the store's writer (`AttributedStore`); what the
/// server does by itself is bound to nothing.
public final class Caused {
    private static final ScopedValue<Caused> CURRENT = ScopedValue.newInstance();

    private final Queue<Hash> events = new ConcurrentLinkedQueue<>();

    /// That of the request which is answered here.
    static Optional<Caused> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Answers a request, or a part of it.
    public void during(Runnable answer) {
        ScopedValue.where(CURRENT, this).run(answer);
    }

    <T> Function<Tx, T> binding(Function<Tx, T> work) {
        return tx -> ScopedValue.where(CURRENT, this).call(() -> work.apply(tx));
    }

    void add(Hash event) {
        events.add(event);
    }

    /// In the order in which they became durable.
    public List<Hash> events() {
        return List.copyOf(events);
    }
}
