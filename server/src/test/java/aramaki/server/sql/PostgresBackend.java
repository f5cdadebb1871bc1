package aramaki.server.sql;

import aramaki.server.store.Store;
import aramaki.server.store.StoreSettings;
import aramaki.testkit.Postgres;
import aramaki.testkit.Postgres.Database;
import org.jspecify.annotations.Nullable;

/// A database of its own in a real PostgreSQL.
public record PostgresBackend(Database database) implements SqlBackend {
    private static @Nullable Database prepared;

    /// An empty database with the newest schema; made once and copied, which is quicker.
    public static synchronized PostgresBackend create() {
        var postgres = Postgres.shared();
        var template = prepared;
        if (template == null) {
            template = postgres.database();
            PostgresStore.open(settings(template)).close();
            prepared = template;
        }
        return new PostgresBackend(postgres.copyOf(template));
    }

    @Override
    public Store open() {
        return PostgresStore.open(settings(database));
    }

    public static StoreSettings.Postgres settings(Database database) {
        return StoreSettings.Postgres.at(database.url())
                .as(database.user())
                .withPasswordFile(database.passwordFile());
    }
}
