package aramaki.server.access;

import aramaki.server.access.AccessStore.Credential;
import aramaki.server.store.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Tells whoever holds something open for a session or token what has become of it, once that is
/// durable.
public final class Endings {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /// Somebody who holds something open.
    public interface Listener {
        void ended(Set<String> credentials);

        /// A session goes on under another id.
        void renamed(String before, String after);
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    void remove(Tx tx, AccessStore access, Collection<Credential> ended) {
        if (ended.isEmpty()) {
            return;
        }
        ended.forEach(c -> access.remove(tx, c.secretHash()));
        var ids = ended.stream().map(Credential::id).collect(Collectors.toSet());
        tx.afterCommit(() -> listeners.forEach(l -> l.ended(ids)));
    }

    void replace(Tx tx, AccessStore access, Credential before, Credential after) {
        access.remove(tx, before.secretHash());
        access.add(tx, after);
        tx.afterCommit(() -> listeners.forEach(l -> l.renamed(before.id(), after.id())));
    }
}
