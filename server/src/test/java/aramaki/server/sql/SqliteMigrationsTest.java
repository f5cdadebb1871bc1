package aramaki.server.sql;

import aramaki.server.store.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

class SqliteMigrationsTest extends MigrationsContract {
    @Override
    protected Backend empty(Path folder) {
        try {
            return new SqliteBackend(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected DataSource source(Backend backend) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + ((SqliteBackend) backend).file());
        return source;
    }

    @Override
    protected Map<String, String> words() {
        return SqliteStore.WORDS;
    }
}
