package aramaki.server.seen;

import static aramaki.server.store.Look.list;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemName;
import aramaki.server.TestClock;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of marks promises.
public abstract class SeenStoreContract {
    private static final Instant NOON = new TestClock().instant();
    private static final Subject HOME = new Subject.Home();
    private static final Subject SHOP = new Subject.OfSystem(new SystemName("shop"));
    private static final Subject LOAD = new Subject.OfAlert(AlertKey.parse("shop/web1/load"));

    @TempDir protected Path folder;
    private Backend backend;
    private SeenStore seen;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        backend = backend(folder);
        seen = backend.seen();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Consumer<Tx> work) {
        store.write(
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    private List<Mark> marks(String person) {
        return list(store, tx -> seen.marks(tx, person));
    }

    private static Mark mark(Subject subject, long position) {
        return new Mark(subject, position, NOON);
    }

    @Test
    void marksAreEachPersonsOwnAndSurviveARestart() {
        write(tx -> seen.save(tx, "p_ada", mark(HOME, 3)));
        write(tx -> seen.save(tx, "p_ada", mark(SHOP, 5)));
        write(tx -> seen.save(tx, "p_ada", mark(LOAD, 4)));
        write(tx -> seen.save(tx, "p_bo", mark(HOME, 1)));
        store.close();
        store = backend.open();

        assertThat(marks("p_ada")).containsExactly(mark(SHOP, 5), mark(LOAD, 4), mark(HOME, 3));
        assertThat(marks("p_bo")).containsExactly(mark(HOME, 1));
        assertThat(marks("p_chris")).isEmpty();
    }

    @Test
    void savingAgainMovesAMark() {
        write(tx -> seen.save(tx, "p_ada", mark(SHOP, 5)));
        write(tx -> seen.save(tx, "p_ada", mark(SHOP, 9)));

        assertThat(marks("p_ada")).containsExactly(mark(SHOP, 9));
    }

    @Test
    void marksUpToAPositionAreForgottenOfOnePersonOnly() {
        write(tx -> seen.save(tx, "p_ada", mark(SHOP, 5)));
        write(tx -> seen.save(tx, "p_ada", mark(LOAD, 6)));
        write(tx -> seen.save(tx, "p_bo", mark(LOAD, 4)));
        write(tx -> seen.removeUpTo(tx, "p_ada", 5));

        assertThat(marks("p_ada")).containsExactly(mark(LOAD, 6));
        assertThat(marks("p_bo")).hasSize(1);
    }

    @Test
    void onlyTheNewestAreKeptAlsoOfManyAtOnePositionAndHomeAlways() {
        write(tx -> seen.save(tx, "p_ada", mark(HOME, 1)));
        for (int i = 0; i < 10; i++) {
            var subject = new Subject.OfAlert(AlertKey.parse("shop/web" + i + "/load"));
            write(tx -> seen.save(tx, "p_ada", mark(subject, 7)));
        }
        write(tx -> seen.save(tx, "p_ada", mark(SHOP, 9)));
        write(tx -> seen.keepNewest(tx, "p_ada", 3));

        assertThat(marks("p_ada")).hasSize(4).contains(mark(SHOP, 9), mark(HOME, 1));
    }
}
