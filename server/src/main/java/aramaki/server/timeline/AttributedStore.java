package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.util.Optional;
import java.util.function.Function;

/// A store that knows for which request a unit of work runs: its writer is a thread of its own, to
/// which nothing is bound by itself.
public record AttributedStore(Store store) implements Store {
    @Override
    public <T> T read(Function<Tx, T> work) {
        return store.read(work);
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        return store.write(Caused.current().map(caused -> caused.binding(work)).orElse(work));
    }

    @Override
    public Optional<Refusal> trouble() {
        return store.trouble();
    }

    @Override
    public void close() {
        store.close();
    }
}
