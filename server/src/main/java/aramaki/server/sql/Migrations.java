package aramaki.server.sql;

import aramaki.model.Refusal;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// The schema, step by step; only ever forward.
final class Migrations {
    private static final String PLACE = "classpath:aramaki/server/sql/migrations";

    private Migrations() {}

    /// Brings a database up to date. Refuses one that a newer version has changed already.
    ///
    /// @param words what the steps leave open: `identity`, `blob`, `clustered`
    /// @param store names the database to people
    static void run(DataSource source, Map<String, String> words, String store) {
        var flyway = configuration(source, words).load();
        for (MigrationInfo step : flyway.info().all()) {
            if (step.getState() == MigrationState.FUTURE_SUCCESS
                    || step.getState() == MigrationState.FUTURE_FAILED) {
                throw Refusal.conflict(
                        "store-too-new",
                        store
                                + " was written by a newer Aramaki (schema "
                                + step.getVersion()
                                + " is not known here): run that version, or bring back a backup"
                                + " made before it");
            }
        }
        flyway.migrate();
    }

    /// Brings an empty database to an older schema, for what was written with that one.
    static void runTo(int schema, DataSource source, Map<String, String> words) {
        configuration(source, words)
                .target(MigrationVersion.fromVersion("" + schema))
                .load()
                .migrate();
    }

    /// The number of the newest schema that this program knows.
    static int newest(DataSource source, Map<String, String> words) {
        return Stream.of(configuration(source, words).load().info().all())
                .map(MigrationInfo::getVersion)
                .mapToInt(version -> Integer.parseInt(version.getVersion()))
                .max()
                .orElse(0);
    }

    static FluentConfiguration configuration(DataSource source, Map<String, String> words) {
        return Flyway.configure()
                .dataSource(source)
                .locations(PLACE)
                .placeholders(words)
                .loggers("slf4j");
    }
}
