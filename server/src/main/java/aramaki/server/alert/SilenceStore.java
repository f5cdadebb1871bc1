package aramaki.server.alert;

import aramaki.model.alert.Silence;
import aramaki.server.store.Tx;
import java.util.List;
import java.util.Optional;

/// The port behind silences.
public interface SilenceStore {
    void save(Tx tx, Silence silence);

    Optional<Silence> find(Tx tx, String id);

    /// Those that have not ended, the first to end first.
    List<Silence> open(Tx tx);

    /// Those that ended, the latest first.
    List<Silence> ended(Tx tx, int limit);
}
