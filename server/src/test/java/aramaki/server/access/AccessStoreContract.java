package aramaki.server.access;

import static aramaki.server.store.Look.list;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.timeline.Hash;
import aramaki.server.TestClock;
import aramaki.server.access.AccessStore.Credential;
import aramaki.server.access.AccessStore.Kind;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of people and credentials promises.
public abstract class AccessStoreContract {
    @TempDir protected Path folder;
    private AccessStore access;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        access = backend.access();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void peopleComeBackAsTheyWereAdded() {
        var ada =
                new Person(
                        "p_ada",
                        "ada",
                        "Ada",
                        "owner",
                        new Hash("a".repeat(64)),
                        false,
                        TestClock.START,
                        TestClock.START.plusSeconds(9));
        write(tx -> access.addPerson(tx, ada));
        assertThat(list(store, access::people)).containsExactly(ada);
    }

    @Test
    void aCredentialIsFoundByItsHashUntilItIsRemoved() {
        var token = credential("h1", Kind.TOKEN, 100);
        write(tx -> access.add(tx, token));
        assertThat(find("h1")).hasValue(token);
        assertThat(find("h2")).isEmpty();
        write(tx -> access.remove(tx, "h1"));
        assertThat(find("h1")).isEmpty();
    }

    @Test
    void touchingNotesTheLatestUse() {
        write(tx -> access.add(tx, credential("h1", Kind.SESSION, 100)));
        write(tx -> access.touch(tx, "h1", TestClock.START.plusSeconds(9)));
        assertThat(find("h1").orElseThrow().usedAt()).isEqualTo(TestClock.START.plusSeconds(9));
    }

    @Test
    void whatHasExpiredOrIsIdleIsOver() {
        write(
                tx -> {
                    access.add(tx, credential("old", Kind.LINK, 10));
                    access.add(tx, credential("young", Kind.SESSION, 100));
                });
        assertThat(over(50, 0)).containsExactly("old");
        assertThat(over(50, 1)).containsExactlyInAnyOrder("old", "young");
    }

    private List<String> over(long now, long idleSince) {
        return store
                .read(
                        tx ->
                                access.over(
                                        tx,
                                        TestClock.START.plusSeconds(now),
                                        TestClock.START.plusSeconds(idleSince)))
                .stream()
                .map(Credential::secretHash)
                .toList();
    }

    private Optional<Credential> find(String hash) {
        return store.read(tx -> access.find(tx, hash));
    }

    private void write(Consumer<Tx> work) {
        store.write(
                tx -> {
                    work.accept(tx);
                    return 0;
                });
    }

    private static Credential credential(String hash, Kind kind, long expiresAfter) {
        return new Credential(
                hash,
                kind,
                "p_ada",
                "a laptop",
                Proof.PASSKEY,
                TestClock.START,
                TestClock.START.plusSeconds(1),
                TestClock.START.plusSeconds(2),
                TestClock.START.plusSeconds(expiresAfter),
                kind == Kind.TOKEN);
    }
}
