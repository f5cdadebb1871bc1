package aramaki.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.sql.SqliteBackend;
import aramaki.server.store.Look;
import aramaki.testkit.Gen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is folded anew is what was folded while it happened; what was damaged is found and put
/// right.
class RebuildTest {
    @TempDir private Path folder;

    @Test
    void afterAnyHistoryTheFoldedTablesAreTheLiveOnesFromASnapshotAndFromTheStart() {
        Gen.forAll(
                6,
                gen -> {
                    try (var history = history(gen)) {
                        history.steps(40);
                        assertThat(history.verify().problems()).isEmpty();
                        assertThat(history.rig().rebuild.run(true).differences()).isEmpty();
                        assertThat(history.rig().rebuild.run(false).differences()).isEmpty();
                        history.snapshot();
                        history.steps(20);
                        var report = history.rig().rebuild.run(false);
                        assertThat(report.differences()).isEmpty();
                        assertThat(report.from()).isPositive();
                        assertThat(history.verify().problems()).isEmpty();
                    }
                });
    }

    @Test
    void whateverIsDamagedInTheTablesIsFoundAndPutRight() {
        Gen.forAll(
                4,
                gen -> {
                    try (var history = history(gen)) {
                        history.steps(40);
                        if (gen.chance(0.5)) {
                            history.snapshot();
                        }
                        var before = dump(file(history));
                        damage(file(history), gen);
                        assertThat(history.verify().ok()).isFalse();
                        var report = history.rig().rebuild.run(gen.chance(0.5));
                        assertThat(report.differences()).isNotEmpty();
                        assertThat(report.left()).isEmpty();
                        assertThat(dump(file(history))).isEqualTo(before);
                        assertThat(history.verify().problems()).isEmpty();
                        assertThat(history.rig().rebuild.run(true).differences()).isEmpty();
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    update alert set output = 'all is well' | alert shop/web1/disk: output is "all is well"
                    update alert set firing = 0, resolved_ms = 1 | alert shop/web1/disk: firing is "0", and by the log "1"
                    delete from alert | alert shop/web1/disk is in the log, but not in the table
                    delete from episode | episode e_
                    update alert_history set total = 7 | past of the alert shop/web1/disk: total is "7", and by the log "1"
                    update person set role = 'guest' | role is "guest", and by the log "owner"
                    insert into person (person_id, name, role, admitted) values ('p_eve', 'eve', 'owner', '00') | person p_eve is in the table, but in no log
                    update agent set name = 'web9' | name is "web9", and by the log "web1"
                    update agent set state = 'revoked' | is revoked in the table, but by no log
                    delete from agent | is in the log, but not in the table
                    update invite set uses_left = 5 | uses_left is "5", and by the log "0"
                    update managed_system set files = '{}' where name = 'shop' | system shop: files is "{}"
                    update managed_system set deleted = 1 where name = 'shop' | system shop: deleted is "1"
                    delete from event_reference | reference
                    insert into event_reference values ('11', '22', 'about') | is of an event that is in no log
                    delete from received_event | received event
                    insert into received_event values ('11', '22') | is of an event that is in no log
                    update consumer set position = 1 | alerting is said to have read up to position 1
                    update consumer set position = 99999 | but the logs end at
                    update latest set observation_id = 99999 | which is not there
                    update observation set seq = 1 | stand twice
                    update spool_position set seq = 1 | count as durable
                    """)
    void eachDamageIsNamedInOneLine(String sql, String named) throws SQLException {
        try (var history = history(Gen.seeded(1))) {
            history.quiet();
            assertThat(history.verify().problems()).isEmpty();
            execute(file(history), sql);
            assertThat(history.verify().problems())
                    .anySatisfy(problem -> assertThat(problem).contains(named));
        }
    }

    @Test
    void aDamagedSnapshotIsNotUsed() throws SQLException {
        try (var history = history(Gen.seeded(2))) {
            history.steps(40);
            history.snapshot();
            assertThat(history.rig().rebuild.run(false).from()).isPositive();
            execute(
                    file(history),
                    "update projection_snapshot set content = replace(content, 'shop', 'shot')");
            var report = history.rig().rebuild.run(false);
            assertThat(report.from()).isZero();
            assertThat(report.differences()).isEmpty();
        }
    }

    @Test
    void aSnapshotOfOtherLogsIsNotUsed() {
        try (var history = history(Gen.seeded(3))) {
            history.steps(40);
            history.snapshot();
            var store = history.rig().store;
            var snapshots = history.rig().backend.snapshots();
            var newest = Look.maybe(store, snapshots::newest).orElseThrow();
            var other =
                    new Snapshot(
                            newest.position() - 1,
                            newest.at(),
                            newest.cause(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of());
            store.write(
                    tx -> {
                        snapshots.save(tx, other, Instant.EPOCH);
                        return true;
                    });
            assertThat(history.rig().rebuild.run(false).from()).isZero();
        }
    }

    private History history(Gen gen) {
        try {
            return new History(
                    new SqliteBackend(Files.createTempDirectory(folder, "history")), gen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(History history) {
        return ((SqliteBackend) history.rig().backend).file();
    }

    /// Rows are deleted, changed and made up, in every table of a projection.
    private static void damage(Path file, Gen gen) {
        try {
            for (int i = gen.between(1, 4); i > 0; i--) {
                String sql =
                        gen.oneOf(
                                List.of(
                                        "delete from %s where rowid in (select rowid from %<s order by random() limit 1)",
                                        "delete from %s"));
                execute(
                        file,
                        sql.formatted(
                                gen.oneOf(
                                        List.of("alert", "episode", "person", "managed_system"))));
            }
            execute(file, "update episode set severity = 'ok'");
            execute(file, "update alert set episode = 'e_junk', severity = 'junk', since_ms = 3");
            execute(file, "update alert_history set lasted = '9,9', fired = '', total = -1");
            execute(
                    file,
                    "insert into episode values ('e_made-up', 'shop', 'web1', 'disk', 'ok', 1, 2)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 5000");
            assertThat(statement.executeUpdate(sql)).as(sql).isNotNegative();
        }
    }

    private static List<String> dump(Path file) {
        var rows = new ArrayList<String>();
        var tables =
                List.of(
                        "alert",
                        "episode",
                        "alert_history",
                        "person",
                        "managed_system",
                        "agent",
                        "event_reference",
                        "received_event",
                        "consumer");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String table : tables) {
                var found = statement.executeQuery("select * from " + table + " order by 1, 2");
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    var row = new StringBuilder(table);
                    for (int i = 1; i <= columns; i++) {
                        row.append(' ').append(found.getString(i));
                    }
                    rows.add(row.toString());
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows;
    }
}
