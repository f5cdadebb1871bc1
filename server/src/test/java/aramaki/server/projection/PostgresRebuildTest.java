package aramaki.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.sql.PostgresBackend;
import aramaki.testkit.Gen;
import org.junit.jupiter.api.Test;

/// What is folded anew is what was folded while it happened, in PostgreSQL too.
class PostgresRebuildTest {
    @Test
    void afterAnyHistoryTheFoldedTablesAreTheLiveOnesAndDamageIsPutRight() {
        Gen.forAll(
                2,
                gen -> {
                    try (var history = new History(PostgresBackend.create(), gen)) {
                        history.steps(40);
                        history.snapshot();
                        history.steps(10);
                        assertThat(history.verify().problems()).isEmpty();
                        assertThat(history.rig().rebuild.run(true).differences()).isEmpty();
                        var rig = history.rig();
                        rig.store.write(
                                tx -> {
                                    history.loseOne(tx, Table.ALERT);
                                    history.loseOne(tx, Table.EPISODE);
                                    history.loseOne(tx, Table.PERSON);
                                    return true;
                                });
                        assertThat(history.verify().ok()).isFalse();
                        assertThat(rig.rebuild.run(false).differences()).isNotEmpty();
                        assertThat(history.verify().problems()).isEmpty();
                    }
                });
    }
}
