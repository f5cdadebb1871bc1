package aramaki.server.access;

import aramaki.server.access.AccessStore.Credential;
import aramaki.server.store.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tells whoever holds something open for a session or token that it has ended.
public final class Endings {
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();

    /// Hears the ids of what ended, once that is durable.
    public void listen(Consumer<Set<String>> listener) {
        listeners.add(listener);
    }

    void remove(Tx tx, AccessStore access, Collection<Credential> ended) {
        if (ended.isEmpty()) {
            return;
        }
        ended.forEach(c -> access.remove(tx, c.secretHash()));
        var ids = ended.stream().map(Credential::id).collect(Collectors.toSet());
        tx.afterCommit(() -> listeners.forEach(l -> l.accept(ids)));
    }
}
