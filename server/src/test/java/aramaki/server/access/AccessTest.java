package aramaki.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One-time links, sessions and tokens, and when each of them ends.
class AccessTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private Access access;
    private Caller owner;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock);
        access = rig.access;
        owner = access.owner("ada");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theOwnerIsAdmittedOnceByTheInstance() {
        assertThat(access.owner("eve")).isEqualTo(owner);
        var admitted = rig.happened(Payload.PersonAdmitted.class);
        assertThat(admitted)
                .containsExactly(new Payload.PersonAdmitted(owner.person(), "ada", "owner"));
        assertThat(owner.admitted()).isEqualTo(rig.all().getLast().hash());
    }

    @Test
    void aLinkSignsInOnce() {
        String code = access.newLink(owner);
        String session = access.signIn(code);
        assertThat(access.bySession(session)).hasValue(owner);
        assertUnusable(code);
    }

    @Test
    void ofManyWhoUseALinkAtOnceOneIsSignedIn() throws Exception {
        String code = access.newLink(owner);
        var signing = new ArrayList<FutureTask<Boolean>>();
        for (int i = 0; i < 10; i++) {
            signing.add(
                    new FutureTask<>(
                            () -> {
                                try {
                                    access.signIn(code);
                                    return true;
                                } catch (Refusal e) {
                                    return false;
                                }
                            }));
        }
        signing.forEach(Thread::startVirtualThread);
        int in = 0;
        for (var one : signing) {
            in += one.get() ? 1 : 0;
        }
        assertThat(in).isEqualTo(1);
    }

    @Test
    void aLinkIsTooOldAfterAQuarterOfAnHour() {
        String young = access.newLink(owner);
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        access.signIn(young);
        String old = access.newLink(owner);
        clock.advance(Duration.ofMinutes(15));
        assertUnusable(old);
    }

    @Test
    void aSessionEndsAfterEightIdleHours() {
        String session = signedIn();
        clock.advance(Duration.ofHours(7));
        assertThat(access.bySession(session)).isPresent();
        clock.advance(Duration.ofHours(7));
        assertThat(access.bySession(session)).isPresent();
        clock.advance(Duration.ofHours(8).plusSeconds(1));
        assertThat(access.bySession(session)).isEmpty();
    }

    @Test
    void aSessionEndsAfterADayHoweverBusy() {
        String session = signedIn();
        for (int hour = 1; hour < 24; hour++) {
            clock.advance(Duration.ofHours(1));
            assertThat(access.bySession(session)).as("hour " + hour).isPresent();
        }
        clock.advance(Duration.ofHours(1));
        assertThat(access.bySession(session)).isEmpty();
    }

    @Test
    void aTokenIsGoodForAYearOfNoUse() {
        String token = access.newToken(owner, "cron");
        clock.advance(Duration.ofDays(364));
        assertThat(access.byToken(token)).hasValue(owner);
        clock.advance(Duration.ofDays(1));
        assertThat(access.byToken(token)).isEmpty();
    }

    @Test
    void eachSecretIsGoodForItsOwnPurposeOnly() {
        String code = access.newLink(owner);
        String token = access.newToken(owner, "cron");
        String session = signedIn();
        assertThat(access.byToken(session)).isEmpty();
        assertThat(access.bySession(token)).isEmpty();
        assertThat(access.byToken(code)).isEmpty();
        assertUnusable(token);
        assertUnusable(session);
        assertUnusable("");
    }

    @Test
    void signingOutEndsTheSession() {
        String session = signedIn();
        access.signOut(session);
        access.signOut(session);
        assertThat(access.bySession(session)).isEmpty();
    }

    @Test
    void sessionsAndTokensSurviveARestart() {
        String session = signedIn();
        String token = access.newToken(owner, "cron");
        rig.close();
        rig = new Rig(folder, clock);
        assertThat(rig.access.bySession(session)).hasValue(owner);
        assertThat(rig.access.byToken(token)).hasValue(owner);
    }

    private String signedIn() {
        return access.signIn(access.newLink(owner));
    }

    private void assertUnusable(String code) {
        assertThatThrownBy(() -> access.signIn(code))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("link-unusable"));
    }
}
