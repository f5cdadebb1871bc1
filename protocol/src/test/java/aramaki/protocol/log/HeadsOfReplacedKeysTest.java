package aramaki.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Samples;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.identity.Positions;
import aramaki.protocol.identity.Positions.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A log key that was stolen is good for the past and for nothing else.
class HeadsOfReplacedKeysTest {
    private static final SystemId SHOP = new SystemId("s_" + "a".repeat(52));
    private static final LogId OPS = new LogId(SHOP, EventClass.OPS);
    private static final LogId OTHER = new LogId(SHOP, EventClass.PUBLIC);
    private static final SecretKey FIRST = Samples.key(60);
    private static final SecretKey SECOND = Samples.key(61);
    private static final SecretKey THIRD = Samples.key(62);

    private static final LogKeys KEYS =
            new LogKeys(
                    THIRD.publicKey(),
                    List.of(
                            new LogKeys.Retired(SECOND.publicKey(), upTo(1, 5)),
                            new LogKeys.Retired(FIRST.publicKey(), upTo(0, 20))));

    private static Positions upTo(long epoch, long seq) {
        return new Positions(
                List.of(new Position(SHOP.value(), "ops", epoch, seq, Hash.NONE.hex())));
    }

    private static Head open(LogId log, long epoch, long seq, SecretKey key) {
        return Head.open(Head.sign(log, epoch, seq, Hash.NONE, Samples.NOON, key), KEYS);
    }

    private static void refused(LogId log, long epoch, long seq, SecretKey key, String code) {
        assertThatThrownBy(() -> open(log, epoch, seq, key))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    @Test
    void whatAReplacedKeySignedBeforeStillVerifies() {
        assertThat(open(OPS, 0, 1, FIRST).seq()).isEqualTo(1);
        assertThat(open(OPS, 0, 20, FIRST).seq()).isEqualTo(20);
        assertThat(open(OPS, 0, 900, SECOND).seq()).isEqualTo(900);
        assertThat(open(OPS, 1, 5, SECOND).seq()).isEqualTo(5);
    }

    @Test
    void whatAReplacedKeySignedLaterIsRefused() {
        refused(OPS, 0, 21, FIRST, "retired-key");
        refused(OPS, 1, 1, FIRST, "retired-key");
        refused(OPS, 1, 6, SECOND, "retired-key");
        refused(OPS, 2, 1, SECOND, "retired-key");
    }

    @Test
    void aReplacedKeySaysNothingOfALogThatHadNothingYet() {
        refused(OTHER, 0, 1, FIRST, "retired-key");
    }

    /// It may sign again what its predecessor left unsigned.
    @Test
    void theKeyOfNowSpeaksForAllThatWas() {
        assertThat(open(OPS, 0, 1, THIRD).seq()).isEqualTo(1);
        assertThat(open(OTHER, 7, 1, THIRD).seq()).isEqualTo(1);
    }

    @Test
    void anotherKeyIsRefused() {
        refused(OPS, 0, 1, Samples.key(63), "bad-signature");
    }
}
