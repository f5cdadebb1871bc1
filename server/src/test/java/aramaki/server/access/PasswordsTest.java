package aramaki.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.access.Passwords.Try;
import aramaki.server.sql.SqlAccessStore;
import aramaki.server.sql.SqlSecretStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passwords and recovery codes, and how soon somebody may guess again.
class PasswordsTest {
    private static final String RIGHT = "correct horse battery";

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private Passwords passwords;
    private Caller ada;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock);
        ada = rig.access.owner("ada");
        passwords =
                new Passwords(
                        rig.store,
                        new SqlAccessStore(),
                        new SqlSecretStore(),
                        rig.access,
                        rig.log,
                        () -> rig.systems.instance().id(),
                        clock);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Proof prove(String name, String password, String from) {
        return passwords.prove(new Try(name, password, from, Optional.empty())).proof();
    }

    private String refused(String name, String password, String from) {
        try {
            prove(name, password, from);
            return "";
        } catch (Refusal e) {
            return e.code();
        }
    }

    @Test
    void thePasswordSignsInAndNoOther() {
        assertThat(refused("ada", RIGHT, "10.0.0.1")).isEqualTo("sign-in-failed");
        passwords.set(ada, RIGHT);
        assertThat(prove("ada", RIGHT, "10.0.0.1")).isEqualTo(Proof.PASSWORD);
        assertThat(refused("ada", RIGHT + " ", "10.0.0.1")).isEqualTo("sign-in-failed");
        assertThat(refused("eve", RIGHT, "10.0.0.1")).isEqualTo("sign-in-failed");
        passwords.remove(ada);
        assertThat(refused("ada", RIGHT, "10.0.0.1")).isEqualTo("sign-in-failed");
    }

    @Test
    void theStoreHoldsNoPasswordAndNoCode() {
        passwords.set(ada, RIGHT);
        var stored = new SqlSecretStore();
        String form = rig.store.read(tx -> stored.password(tx, ada.person())).orElseThrow();
        assertThat(form).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    }

    @Test
    void aPasswordThatIsGuessedAtOnceIsRefused() {
        for (String weak : new String[] {"short", "aaaaaaaaaaaaaaa", "ada-is-my-name", ""}) {
            assertThatThrownBy(() -> passwords.set(ada, weak))
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo("bad-password"));
        }
    }

    @Test
    void aRecoveryCodeIsGoodOnceAndOnlyForItsPerson() {
        var codes = passwords.newCodes(ada);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(refused("eve", codes.getFirst(), "10.0.0.1")).isEqualTo("sign-in-failed");
        assertThat(prove("ada", " " + codes.getFirst().toUpperCase(Locale.ROOT) + " ", "10.0.0.1"))
                .isEqualTo(Proof.CODE);
        assertThat(refused("ada", codes.getFirst(), "10.0.0.1")).isEqualTo("sign-in-failed");
        assertThat(passwords.codesLeft(ada.person())).isEqualTo(9);
        passwords.newCodes(ada);
        assertThat(refused("ada", codes.getLast(), "10.0.0.1")).isEqualTo("sign-in-failed");
    }

    @Test
    void whoeverGuessesWaitsLongerEachTime() {
        passwords.set(ada, RIGHT);
        guess(5);
        assertThat(refused("ada", "wrong", "10.0.0.1")).isEqualTo("sign-in-failed");
        assertThat(refused("ada", RIGHT, "10.0.0.1")).isEqualTo("too-many-tries");
        clock.advance(Duration.ofSeconds(2));
        assertThat(refused("ada", "wrong", "10.0.0.1")).isEqualTo("sign-in-failed");
        clock.advance(Duration.ofSeconds(2));
        assertThat(refused("ada", RIGHT, "10.0.0.1")).isEqualTo("too-many-tries");
        clock.advance(Duration.ofSeconds(2));
        assertThat(prove("ada", RIGHT, "10.0.0.1")).isEqualTo(Proof.PASSWORD);
    }

    private void guess(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(refused("ada", "wrong", "10.0.0.1")).isEqualTo("sign-in-failed");
        }
    }

    @Test
    void anAddressThatGuessesManyNamesWaitsToo() {
        for (int i = 0; i < 6; i++) {
            assertThat(refused("name" + i, "wrong", "10.0.0.1")).isEqualTo("sign-in-failed");
        }
        assertThat(refused("another", "wrong", "10.0.0.1")).isEqualTo("too-many-tries");
        assertThat(refused("another", "wrong", "10.0.0.2")).isEqualTo("sign-in-failed");
    }

    @Test
    void neighboursInOneNetworkCountAsOne() {
        for (int i = 0; i < 6; i++) {
            refused("name" + i, "wrong", "2001:db8:0:1::" + i);
        }
        assertThat(refused("another", "wrong", "2001:db8:0:1::99")).isEqualTo("too-many-tries");
        assertThat(refused("another", "wrong", "2001:db8:0:2::1")).isEqualTo("sign-in-failed");
    }

    @Test
    void aStrangerWhoGuessesDoesNotLockOutAKnownBrowser() {
        passwords.set(ada, RIGHT);
        String device = rig.access.remember(ada.person(), "Firefox");
        guess(6);
        assertThat(refused("ada", RIGHT, "10.0.0.1")).isEqualTo("too-many-tries");
        var known = new Try("ada", RIGHT, "10.0.0.1", Optional.of(device));
        assertThat(passwords.prove(known).proof()).isEqualTo(Proof.PASSWORD);
        var claimed = new Try("ada", RIGHT, "10.0.0.1", Optional.of("made up"));
        assertThatThrownBy(() -> passwords.prove(claimed)).hasMessageContaining("wait");
    }
}
