package aramaki.server.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Opens the embedded store: one SQLite file in WAL mode with `synchronous=FULL`, so that a commit
/// survives the loss of power. H2 lost acknowledged data at kill -9 and is not used.
public final class SqliteStore {
    static final Map<String, String> WORDS =
            Map.of(
                    "identity",
                    "integer primary key autoincrement",
                    "blob",
                    "blob",
                    "clustered",
                    "without rowid");
    private static final int READERS = 8;
    private static final int BUSY_MILLIS = 5000;
    private static final int JOURNAL_LIMIT = 64 << 20;

    private SqliteStore() {}

    /// Opens or makes the file and brings its schema up to date.
    public static SqlStore open(Path file) {
        var source = source(file);
        Migrations.run(source, WORDS, file.toString());
        var pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(READERS);
        pool.setPoolName("store-readers");
        pool.setConnectionInitSql("pragma query_only = true");
        var writing = new SqliteWriting(SqlDialect.SQLITE.set(Jdbi.create(source)));
        var store = new SqlStore(new HikariDataSource(pool), SqlDialect.SQLITE, writing);
        store.start();
        return store;
    }

    /// Moves what was committed from the write-ahead log into the file and empties that, so that
    /// what was deleted stands in neither; whether nobody was in the way.
    public static boolean settle(Path file) {
        var source = new SQLiteDataSource(config());
        source.setUrl("jdbc:sqlite:" + file);
        return Jdbi.create(source)
                .withHandle(
                        handle ->
                                handle.createQuery("pragma wal_checkpoint(truncate)")
                                                .map((rs, _) -> rs.getInt("busy"))
                                                .one()
                                        == 0);
    }

    /// All of the file over connections of its own.
    static SqlContents contents(Path file) {
        return new SqlContents(SqlDialect.SQLITE.set(Jdbi.create(source(file))), () -> {});
    }

    /// Makes the file with the schema of this number.
    static void migrate(Path file, int schema) {
        Migrations.runTo(schema, source(file), WORDS);
    }

    /// The number of the newest schema there is.
    static int newestSchema() {
        return Migrations.newest(source(Path.of(":memory:")), WORDS);
    }

    private static SQLiteDataSource source(Path file) {
        var source = new SQLiteDataSource(config());
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalSizeLimit(JOURNAL_LIMIT); // it grows while a backup reads
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true"); // what is redacted is gone
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        return config;
    }
}
