package aramaki.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// The cluster that tests of the store run on does what those tests believe it does.
class PostgresTest {
    private final Postgres postgres = Postgres.expendable();

    @Test
    void databasesAreApartAndWhatWasWrittenSurvivesACrash() {
        var one = postgres.database();
        var other = postgres.database();
        postgres.sql(one, "create table t (n integer); insert into t values (7)");
        postgres.kill();
        postgres.start();
        assertThat(postgres.sql(one, "select n from t")).isEqualTo("7");
        assertThatThrownBy(() -> postgres.sql(other, "select n from t"))
                .hasMessageContaining("does not exist");
        postgres.stopImmediately();
        postgres.start();
        assertThat(postgres.sql(postgres.copyOf(one), "select n from t")).isEqualTo("7");
    }

    @Test
    void durabilityIsOn() {
        assertThat(postgres.sql("show fsync")).isEqualTo("on");
        assertThat(postgres.sql("show synchronous_commit")).isEqualTo("on");
    }

    @Test
    void itCanBeFrozenAndMadeReadOnly() {
        postgres.freeze();
        postgres.thaw();
        var database = postgres.database();
        postgres.readOnly(true);
        try {
            assertThatThrownBy(() -> postgres.sql(database, "create table t (n integer)"))
                    .hasMessageContaining("read-only");
        } finally {
            postgres.readOnly(false);
        }
        postgres.sql(database, "create table t (n integer)");
    }
}
