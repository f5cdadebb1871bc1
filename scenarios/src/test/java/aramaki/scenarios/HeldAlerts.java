package aramaki.scenarios;

import aramaki.testkit.Postgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/// Keeps alerts from being written, in the database itself, so that a process can be killed when
/// the cause of an alert is durable and the alert is not.
final class HeldAlerts {
    private final Optional<Postgres.Database> database;
    private final Path file;

    HeldAlerts(Installation installation) {
        this.database = installation.database();
        this.file = installation.serverData().resolve("aramaki.db");
    }

    void hold() throws SQLException {
        if (database.isPresent()) {
            run(
                    """
                    create function held() returns trigger language plpgsql
                        as $$ begin raise exception 'held by a test'; end $$
                    """);
            run("create trigger held before insert on alert for each row execute function held()");
        } else {
            run(
                    """
                    create trigger held before insert on alert
                        begin select raise(abort, 'held by a test'); end
                    """);
        }
    }

    void release() throws SQLException {
        run("drop trigger held" + (database.isPresent() ? " on alert" : ""));
    }

    private void run(String statement) throws SQLException {
        if (database.isPresent()) {
            Postgres.shared().sql(database.get(), statement);
            return;
        }
        String url = "jdbc:sqlite:" + file + "?busy_timeout=20000";
        try (var connection = DriverManager.getConnection(url);
                var statements = connection.createStatement()) {
            statements.executeUpdate(statement);
        }
    }
}
