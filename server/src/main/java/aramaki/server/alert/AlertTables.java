package aramaki.server.alert;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.server.store.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Where `AlertFold` keeps what it comes to: the tables of the store, or memory.
public interface AlertTables {
    Optional<Alert> alert(Tx tx, AlertKey key);

    /// Writes the alert as it stands, and its episode.
    void save(Tx tx, Alert alert);

    /// The past of each of these keys that has one, in one question however many there are.
    Map<AlertKey, Firings> firings(Tx tx, Collection<AlertKey> keys);

    void saveFirings(Tx tx, AlertKey key, Firings firings);
}
