package aramaki.server.sql;

import aramaki.server.store.Backend;
import aramaki.testkit.Postgres;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresMigrationsTest extends MigrationsContract {
    @Override
    protected Backend empty(Path folder) {
        return new PostgresBackend(Postgres.shared().database());
    }

    @Override
    protected DataSource source(Backend backend) {
        var source = new PGSimpleDataSource();
        source.setUrl(((PostgresBackend) backend).database().jdbcUrl());
        return source;
    }

    @Override
    protected Map<String, String> words() {
        return PostgresStore.WORDS;
    }
}
