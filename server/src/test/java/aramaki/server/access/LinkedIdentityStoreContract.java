package aramaki.server.access;

import static aramaki.server.store.Look.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.server.TestClock;
import aramaki.server.store.Backend;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every keeper of linked identities promises.
public abstract class LinkedIdentityStoreContract {
    private static final String ISSUER = "https://login.example.org/realms/muster";

    @TempDir protected Path folder;
    private LinkedIdentityStore identities;
    private Store store;

    protected abstract Backend backend(Path folder);

    @BeforeEach
    void open() {
        var backend = backend(folder);
        identities = backend.identities();
        store = backend.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static LinkedIdentity identity(String subject, String person, int second) {
        return new LinkedIdentity(
                ISSUER,
                subject,
                person,
                "Muster GmbH",
                TestClock.START.plusSeconds(second),
                Instant.EPOCH);
    }

    private void write(Consumer<Tx> work) {
        store.write(
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    private Optional<LinkedIdentity> find(String subject) {
        return find(ISSUER, subject);
    }

    private Optional<LinkedIdentity> find(String issuer, String subject) {
        return store.read(tx -> identities.find(tx, issuer, subject));
    }

    @Test
    void theIdentitiesOfAPersonComeBackOldestFirst() {
        var first = identity("248289761001", "p_ada", 1);
        var second = identity("a", "p_ada", 2);
        write(
                tx -> {
                    identities.add(tx, second);
                    identities.add(tx, first);
                    identities.add(tx, identity("b", "p_bo", 0));
                });
        assertThat(list(store, tx -> identities.of(tx, "p_ada"))).containsExactly(first, second);
    }

    @Test
    void oneIsFoundByItsIssuerAndSubjectLetterByLetterUntilItIsRemoved() {
        var ada = identity("Ada", "p_ada", 1);
        write(tx -> identities.add(tx, ada));
        assertThat(find("Ada")).hasValue(ada);
        assertThat(find("ada")).isEmpty();
        assertThat(find("Ada ")).isEmpty();
        assertThat(find(ISSUER + "/", "Ada")).isEmpty();
        write(tx -> identities.remove(tx, ISSUER, "Ada"));
        assertThat(find("Ada")).isEmpty();
    }

    @Test
    void theLatestUseIsNoted() {
        write(tx -> identities.add(tx, identity("ada", "p_ada", 1)));
        var at = TestClock.START.plusSeconds(9);
        write(tx -> identities.used(tx, ISSUER, "ada", at));
        assertThat(find("ada").orElseThrow().usedAt()).isEqualTo(at);
    }

    @Test
    void oneIdentityBelongsToOnePerson() {
        write(tx -> identities.add(tx, identity("ada", "p_ada", 1)));
        assertThatThrownBy(() -> write(tx -> identities.add(tx, identity("ada", "p_bo", 2))))
                .isInstanceOf(RuntimeException.class);
        assertThat(find("ada").orElseThrow().person()).isEqualTo("p_ada");
    }
}
