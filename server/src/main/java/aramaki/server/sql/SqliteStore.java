package aramaki.server.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
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

    /// What is wrong with the file, as the store itself finds; reads all of it.
    public static List<String> problems(Path file) {
        var source = source(file);
        try {
            return Jdbi.create(source)
                    .withHandle(
                            handle ->
                                    handle.createQuery("pragma quick_check(20)")
                                            .mapTo(String.class)
                                            .list())
                    .stream()
                    .filter(line -> !line.equals("ok"))
                    .toList();
        } catch (JdbiException e) { // too damaged to be looked at
            return List.of("it cannot be read: " + e.getMessage());
        }
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
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        return config;
    }
}
