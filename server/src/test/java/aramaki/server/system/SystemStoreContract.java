package aramaki.server.system;

import static aramaki.server.store.Look.list;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.system.SystemStore.Row;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of systems promises.
public abstract class SystemStoreContract {
    @TempDir protected Path folder;
    private SystemStore systems;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        systems = backend.systems();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void systemsComeBackByName() {
        var shop = row("shop", 'a', "/srv/systems/shop", false, false);
        var office = row("office", 'b', "", true, false);
        save(shop);
        save(office);
        assertThat(list(store, systems::systems)).containsExactly(office, shop);
    }

    @Test
    void savingAgainReplacesTheDocumentAndKeepsTheId() {
        save(row("shop", 'a', "/srv/systems/shop", false, false));
        var gone = row("shop", 'a', "", false, true);
        save(gone);
        assertThat(list(store, systems::systems)).containsExactly(gone);
    }

    private void save(Row row) {
        store.write(
                tx -> {
                    systems.save(tx, row);
                    return 0;
                });
    }

    private static Row row(String name, char id, String folder, boolean anchored, boolean deleted) {
        return new Row(
                new SystemName(name),
                new SystemId("s_" + String.valueOf(id).repeat(52)),
                folder,
                Map.of("system.yaml", "title: \"Läden\"\n", "checks/a.yaml", "name: a\n"),
                anchored,
                deleted);
    }
}
