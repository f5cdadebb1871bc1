package aramaki.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTroubleTest {
    @TempDir Path folder;

    @Test
    void aStoreWithoutRoomSaysSoReadsOnAndWritesOnceThereIsRoom() {
        try (var store = SqliteStore.open(folder.resolve("aramaki.db"))) {
            run(store, "create table filling (text varchar(10000) not null)");
            run(store, "pragma max_page_count = " + (pages(store) + 20));

            assertThatThrownBy(() -> fill(store))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            e -> {
                                assertThat(e.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE);
                                assertThat(e.code()).isEqualTo(SqliteTrouble.FULL);
                                assertThat(e.text()).contains("full");
                            });
            long kept = count(store);
            assertThat(kept).isPositive();

            run(store, "pragma max_page_count = 100000");
            insert(store);
            assertThat(count(store)).isEqualTo(kept + 1);
        }
    }

    private static void fill(Store store) {
        for (int i = 0; i < 100; i++) {
            insert(store);
        }
    }

    private static void insert(Store store) {
        run(store, "insert into filling (text) values ('" + "x".repeat(5000) + "')");
    }

    private static void run(Store store, String statement) {
        store.write(tx -> SqlTx.handle(tx).execute(statement));
    }

    private static long pages(Store store) {
        return number(store, "pragma page_count");
    }

    private static long count(Store store) {
        return number(store, "select count(*) from filling");
    }

    private static long number(Store store, String query) {
        return store.read(tx -> SqlTx.handle(tx).createQuery(query).mapTo(Long.class).one());
    }
}
