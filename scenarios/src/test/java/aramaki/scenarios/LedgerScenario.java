package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.scenarios.Installation.Crowd;
import aramaki.scenarios.Installation.Keeping;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The judge judged: whatever somebody does to the history in the database is named.
class LedgerScenario {
    @TempDir Path folder;

    @Test
    void aRowThatIsRemovedDoubledReorderedOrChangedIsNamed() throws Exception {
        var crowd = new Crowd(4, 5, "1s", "5s", 0);
        try (var installation = new Installation(folder, Keeping.SQLITE, crowd)) {
            installation.serve();
            installation.gather();
            installation.awaitAcked(100);
            var judgement = installation.agrees();
            assertThat(judgement.results()).isEqualTo(judgement.made());

            // Rows 10, 20 and so on, each with what is done to it.
            run(installation, "delete from observation where id = 10");
            run(
                    installation,
                    """
                    insert into observation select 1000000, system, entity, check_name, state, output,
                        metrics, agent_id, epoch, seq, due_ms, started_ms, finished_ms, spooled_ms,
                        sent_ms, committed_ms
                    from observation where id = 20
                    """);
            swapWithNextOfItsCheck(installation, 25);
            run(installation, "update observation set state = 'warning' where id = 50");
            run(installation, "update observation set seq = seq + 1000000 where id = 55");

            assertThat(installation.judge().disagreements())
                    .anyMatch(line -> line.matches("missing: sim-000. spool .*acknowledged.*"))
                    .anyMatch(line -> line.matches("double: .* o_20 and as o_1000000"))
                    .anyMatch(line -> line.matches("order: .* o_\\d+ stands behind .*"))
                    .anyMatch(line -> line.matches("changed: .* ok at .* warning at .*"))
                    .anyMatch(line -> line.matches("invented: .* o_55 was never made"))
                    .hasSize(6); // what 55 was is missing too
        }
    }

    private static void swapWithNextOfItsCheck(Installation installation, long id)
            throws SQLException {
        long next =
                number(
                        installation,
                        """
                        select min(b.id) from observation a, observation b where a.id = %d
                            and b.id > a.id and b.entity = a.entity
                            and b.check_name = a.check_name
                        """
                                .formatted(id));
        for (var step : List.of(new long[] {id, 0}, new long[] {next, id}, new long[] {0, next})) {
            run(installation, "update observation set id = " + step[1] + " where id = " + step[0]);
        }
    }

    private static void run(Installation installation, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url(installation));
                var statements = connection.createStatement()) {
            assertThat(statements.executeUpdate(statement)).as(statement).isEqualTo(1);
        }
    }

    private static long number(Installation installation, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(url(installation));
                var statements = connection.createStatement()) {
            return statements.executeQuery(query).getLong(1);
        }
    }

    private static String url(Installation installation) {
        return "jdbc:sqlite:"
                + installation.serverData().resolve("aramaki.db")
                + "?busy_timeout=20000";
    }
}
