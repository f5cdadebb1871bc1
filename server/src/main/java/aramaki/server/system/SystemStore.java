package aramaki.server.system;

import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.server.store.Tx;
import java.util.List;
import java.util.Map;

/// The port behind `Systems`: the document of each system as it was last accepted.
public interface SystemStore {
    List<Row> systems(Tx tx);

    /// Writes it new or over the one of that name.
    void save(Tx tx, Row row);

    /// A system as it lies in the store.
    ///
    /// @param folder where its document lives; empty when this instance keeps it
    /// @param files path to text
    /// @param deleted it is gone; its id, and so its history, comes back with its name
    record Row(
            SystemName name,
            SystemId id,
            String folder,
            Map<String, String> files,
            boolean anchored,
            boolean deleted) {}
}
