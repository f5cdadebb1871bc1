package aramaki.server.sql;

import aramaki.server.store.Store;
import aramaki.server.store.StoreSettings;
import aramaki.testkit.Postgres;
import aramaki.testkit.Postgres.Database;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A database in a real PostgreSQL.
public record PostgresBackend(Database database) implements SqlBackend {
    private static @Nullable Database usedBefore;

    /// An empty one. The same is emptied for each test, which is quicker than making one; a test
    /// that does not close its store keeps the next from opening its own.
    public static synchronized PostgresBackend create() {
        var database = usedBefore;
        if (database == null) {
            database = Postgres.shared().database();
            usedBefore = database;
            return new PostgresBackend(database);
        }
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    do $$ declare name text; begin
                        for name in select tablename from pg_tables where schemaname = 'public'
                                and tablename <> 'flyway_schema_history' loop
                            execute format('delete from %I', name);
                        end loop;
                        for name in select sequencename from pg_sequences
                                where schemaname = 'public' loop
                            execute format('alter sequence %I restart', name);
                        end loop;
                    end $$
                    """);
            return new PostgresBackend(database);
        } catch (SQLException e) {
            throw new IllegalStateException("emptying a database", e);
        }
    }

    /// A new one in a cluster that may be harmed.
    public static PostgresBackend expendable() {
        return new PostgresBackend(Postgres.expendable().database());
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
