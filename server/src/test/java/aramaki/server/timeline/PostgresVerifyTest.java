package aramaki.server.timeline;

import aramaki.server.sql.PostgresBackend;
import aramaki.server.store.Backend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// What is wrong with a log is found in PostgreSQL too.
class PostgresVerifyTest extends VerifyTest {
    @Override
    protected Backend backend(Path folder) {
        return PostgresBackend.create();
    }

    @Override
    protected Connection damaging(Backend backend) throws SQLException {
        return DriverManager.getConnection(((PostgresBackend) backend).database().jdbcUrl());
    }

    @Override
    protected String bytesType() {
        return "bytea";
    }

    @Override
    protected String bytes(String hex) {
        return "'\\x" + hex + "'::bytea";
    }
}
