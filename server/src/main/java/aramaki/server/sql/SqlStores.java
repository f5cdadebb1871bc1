package aramaki.server.sql;

import aramaki.server.backup.Site;
import aramaki.server.store.StoreSettings;
import java.nio.file.Path;

/// Opens whichever store was chosen.
public final class SqlStores {
    private SqlStores() {}

    /// @param file of the embedded store
    public static SqlStore open(StoreSettings settings, Path file) {
        return switch (settings) {
            case StoreSettings.Embedded() -> SqliteStore.open(file);
            case StoreSettings.Postgres postgres -> PostgresStore.open(postgres);
        };
    }

    /// Where that store is, for carrying all of it.
    public static Site site(StoreSettings settings, Path file) {
        return switch (settings) {
            case StoreSettings.Embedded() -> new SqliteSite(file);
            case StoreSettings.Postgres postgres -> new PostgresSite(postgres);
        };
    }
}
