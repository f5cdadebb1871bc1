package aramaki.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.Samples;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.SecretKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is believed of an instance's keys, and every way of lying about them.
class KeyLogTest {
    private static final SecretKey LOG = Samples.LOG_KEY;
    private static final SecretKey RECOVERY = Samples.RECOVERY_KEY;
    private static final SecretKey LOG_2 = Samples.key(30);
    private static final SecretKey LOG_3 = Samples.key(31);
    private static final SecretKey FED = Samples.key(32);
    private static final SecretKey THIEF = Samples.key(33);
    private static final List<SecretKey> THREE =
            List.of(Samples.key(40), Samples.key(41), Samples.key(42));
    private static final KeyLog BEGINNING = Samples.KEYS;

    private static KeyLogEntries next(KeyLog log, SecretKey... signers) {
        return new KeyLogEntries(log, Samples.NOON, List.of(signers));
    }

    private static KeyLog fresh(KeyLog log, Purpose purpose, SecretKey key, SecretKey... signers) {
        return log.with(next(log, signers).fresh(purpose, key, Positions.NONE));
    }

    /// Log key, a key for peers, three recovery keys of which two must agree, another log key.
    private static KeyLog history() {
        var log = fresh(BEGINNING, Purpose.LOG, LOG_2, LOG);
        log = fresh(log, Purpose.FED, FED, LOG_2);
        log = log.with(next(log, RECOVERY).recovery(THREE, 2));
        return fresh(log, Purpose.LOG, LOG_3, LOG_2);
    }

    private static void refused(KeyLogFault fault, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo(fault.code()));
    }

    private static void refused(KeyLogFault fault, KeyLog log, Envelope entry) {
        refused(fault, () -> log.with(entry));
    }

    private static void refused(KeyLogFault fault, List<Envelope> entries) {
        refused(fault, () -> KeyLog.open(Samples.GENESIS, entries));
    }

    private static Envelope signed(KeyChange change, SecretKey... keys) {
        return Envelope.sign(change.type(), Json.bytes(change), keys);
    }

    private static KeyChange.Rotate rotation(KeyLog log, String purpose, String key, String old) {
        return new KeyChange.Rotate(
                1,
                log.entries().size() + 1L,
                log.head().hex(),
                Samples.NOON,
                purpose,
                key,
                old,
                "0".repeat(64));
    }

    @Test
    void theKeysOfNowAreReadFromTheGenesisAlone() {
        var log = KeyLog.open(Samples.GENESIS, history().envelopes());

        assertThat(log.instance()).isEqualTo(Samples.INSTANCE);
        assertThat(log.logKey()).isEqualTo(LOG_3.publicKey());
        assertThat(log.key(Purpose.FED)).contains(FED.publicKey());
        assertThat(log.key(Purpose.OIDC)).isEmpty();
        assertThat(log.recovery().threshold()).isEqualTo(2);
        assertThat(log.recovery().keys())
                .containsExactlyElementsOf(THREE.stream().map(SecretKey::publicKey).toList());
        assertThat(log.retired())
                .extracting(KeyLog.Retired::key)
                .containsExactly(LOG.publicKey(), LOG_2.publicKey());
        assertThat(log.entries())
                .extracting(KeyLog.Entry::byRecovery)
                .containsExactly(false, false, true, false);
    }

    @Test
    void aStolenOnlineKeyDecidesNothingBeyondItsPurpose() {
        var log = fresh(BEGINNING, Purpose.FED, FED, LOG);

        refused(
                KeyLogFault.SIGNATURE,
                log,
                next(log, LOG).fresh(Purpose.FED, THIEF, Positions.NONE));
        refused(
                KeyLogFault.SIGNATURE,
                log,
                next(log, FED).fresh(Purpose.LOG, THIEF, Positions.NONE));
        refused(
                KeyLogFault.SIGNATURE,
                log,
                next(log, FED).fresh(Purpose.OIDC, THIEF, Positions.NONE));
        refused(KeyLogFault.THRESHOLD, log, next(log, LOG, FED).recovery(List.of(THIEF), 1));
    }

    @Test
    void aKeyThatWasReplacedDecidesNothingAnyMore() {
        var log = fresh(BEGINNING, Purpose.LOG, LOG_2, LOG);

        refused(
                KeyLogFault.SIGNATURE,
                log,
                next(log, LOG).fresh(Purpose.LOG, THIEF, Positions.NONE));
        refused(
                KeyLogFault.SIGNATURE,
                log,
                next(log, LOG).fresh(Purpose.FED, THIEF, Positions.NONE));
        var other = log.with(next(log, RECOVERY).recovery(THREE, 2));
        refused(
                KeyLogFault.SIGNATURE,
                other,
                next(other, RECOVERY).fresh(Purpose.LOG, THIEF, Positions.NONE));
        refused(KeyLogFault.THRESHOLD, other, next(other, RECOVERY).recovery(List.of(THIEF), 1));
    }

    @Test
    void aForeignSignatureIsRefused() {
        refused(
                KeyLogFault.SIGNATURE,
                BEGINNING,
                next(BEGINNING, THIEF).fresh(Purpose.LOG, LOG_2, Positions.NONE));
    }

    /// Or whoever can write the key log could name a key that somebody else holds.
    @Test
    void aNewKeyThatDidNotSignIsRefused() {
        var change = rotation(BEGINNING, "log", LOG_2.publicKey().text(), LOG.publicKey().text());

        refused(KeyLogFault.SIGNATURE, BEGINNING, signed(change, LOG, RECOVERY));
        assertThat(BEGINNING.with(signed(change, LOG, LOG_2)).logKey())
                .isEqualTo(LOG_2.publicKey());
    }

    @Test
    void recoveryKeysReplaceALostOnlineKey() {
        var log = fresh(BEGINNING, Purpose.LOG, LOG_2, RECOVERY);

        assertThat(log.logKey()).isEqualTo(LOG_2.publicKey());
        assertThat(log.entries().getFirst().byRecovery()).isTrue();
    }

    @Test
    void recoveryBelowItsThresholdIsRefused() {
        var log = BEGINNING.with(next(BEGINNING, RECOVERY).recovery(THREE, 2));
        var one = THREE.getFirst();

        refused(
                KeyLogFault.SIGNATURE,
                log,
                next(log, one).fresh(Purpose.LOG, LOG_2, Positions.NONE));
        refused(
                KeyLogFault.SIGNATURE,
                log,
                next(log, one, one, THIEF).fresh(Purpose.LOG, LOG_2, Positions.NONE));
        refused(KeyLogFault.THRESHOLD, log, next(log, one, one).recovery(List.of(THIEF), 1));
        assertThat(fresh(log, Purpose.LOG, LOG_2, one, THREE.getLast()).logKey())
                .isEqualTo(LOG_2.publicKey());
    }

    @Test
    void newRecoveryKeysBelowTheirOwnThresholdAreRefused() {
        var texts = THREE.stream().map(k -> k.publicKey().text()).toList();
        var change =
                new KeyChange.RotateRecovery(1, 1, BEGINNING.head().hex(), Samples.NOON, texts, 2);

        refused(KeyLogFault.THRESHOLD, BEGINNING, signed(change, RECOVERY, THREE.get(1)));
        assertThat(
                        BEGINNING
                                .with(signed(change, RECOVERY, THREE.get(1), THREE.get(2)))
                                .recovery()
                                .threshold())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4})
    void aThresholdThatMeansNothingIsRefused(int threshold) {
        refused(
                KeyLogFault.THRESHOLD,
                BEGINNING,
                next(BEGINNING, RECOVERY).recovery(THREE, threshold));
        refused(KeyLogFault.THRESHOLD, BEGINNING, next(BEGINNING, RECOVERY).recovery(List.of(), 1));
    }

    /// Under each of these one signature fits every message.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
            })
    void aKeyOfSmallOrderIsRefused(String hex) {
        String text = Base64Url.encode(HexFormat.of().parseHex(hex));
        var rotate = rotation(BEGINNING, "log", text, LOG.publicKey().text());
        var recovery =
                new KeyChange.RotateRecovery(
                        1, 1, BEGINNING.head().hex(), Samples.NOON, List.of(text), 1);
        for (var entry : List.of(signed(rotate, LOG, RECOVERY), signed(recovery, RECOVERY))) {
            assertThatThrownBy(() -> BEGINNING.with(entry))
                    .isInstanceOfSatisfying(
                            Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-key"));
        }
    }

    @Test
    void aKeyThatWasThereBeforeIsRefused() {
        var log = history();

        for (var key : List.of(LOG, LOG_2, LOG_3, FED, RECOVERY, THREE.getFirst())) {
            refused(
                    KeyLogFault.KEY,
                    log,
                    next(log, LOG_3).fresh(Purpose.OIDC, key, Positions.NONE));
        }
        refused(
                KeyLogFault.KEY,
                log,
                next(log, THREE.get(0), THREE.get(1)).recovery(List.of(RECOVERY), 1));
        refused(
                KeyLogFault.KEY,
                BEGINNING,
                next(BEGINNING, RECOVERY).recovery(List.of(THIEF, THIEF), 1));
    }

    @Test
    void anotherKeyThanTheOneToBeReplacedIsRefused() {
        var change = rotation(BEGINNING, "log", LOG_2.publicKey().text(), FED.publicKey().text());

        refused(KeyLogFault.KEY, BEGINNING, signed(change, LOG, LOG_2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LOG", "log ", "admin", "recovery"})
    void aPurposeThatIsNoneIsRefused(String word) {
        var add =
                new KeyChange.Add(
                        1, 1, BEGINNING.head().hex(), Samples.NOON, word, FED.publicKey().text());

        refused(KeyLogFault.PURPOSE, BEGINNING, signed(add, LOG, FED));
        refused(
                KeyLogFault.PURPOSE,
                BEGINNING,
                signed(
                        rotation(BEGINNING, word, LOG_2.publicKey().text(), LOG.publicKey().text()),
                        LOG,
                        LOG_2));
    }

    @Test
    void aPurposeHasOneKeyAndTheFirstIsAdded() {
        var add =
                new KeyChange.Add(
                        1,
                        1,
                        BEGINNING.head().hex(),
                        Samples.NOON,
                        "log",
                        LOG_2.publicKey().text());
        var rotate =
                new KeyChange.Rotate(
                        1,
                        1,
                        BEGINNING.head().hex(),
                        Samples.NOON,
                        "fed",
                        FED.publicKey().text(),
                        LOG.publicKey().text(),
                        null);

        refused(KeyLogFault.PURPOSE, BEGINNING, signed(add, LOG, LOG_2));
        refused(KeyLogFault.PURPOSE, BEGINNING, signed(rotate, LOG, FED));
    }

    @Test
    void aLogKeyAndNoOtherIsReplacedWithWhereItWasValidUpTo() {
        var log = fresh(BEGINNING, Purpose.FED, FED, LOG);
        String fed = Samples.key(50).publicKey().text();
        var open =
                new KeyChange.Rotate(
                        1,
                        1,
                        BEGINNING.head().hex(),
                        Samples.NOON,
                        "log",
                        LOG_2.publicKey().text(),
                        LOG.publicKey().text(),
                        null);

        refused(KeyLogFault.FORMAT, BEGINNING, signed(open, LOG, LOG_2));
        refused(
                KeyLogFault.FORMAT,
                log,
                signed(rotation(log, "fed", fed, FED.publicKey().text()), FED, Samples.key(50)));
    }

    @Test
    void aKeyLogWithAnEntryLeftOutReplayedOrReorderedIsRefused() {
        var entries = history().envelopes();

        for (int i = 0; i < entries.size() - 1; i++) {
            var without = new ArrayList<>(entries);
            without.remove(i);
            refused(KeyLogFault.CHAIN, without);
            var swapped = new ArrayList<>(entries);
            Collections.swap(swapped, i, i + 1);
            refused(KeyLogFault.CHAIN, swapped);
        }
        for (var entry : entries) {
            var replayed = new ArrayList<>(entries);
            replayed.add(entry);
            refused(KeyLogFault.CHAIN, replayed);
        }
    }

    /// Two instances may have the same log key, as after a copy that was made two of.
    @Test
    void anEntryOfAnotherInstanceIsRefused() {
        var other =
                KeyLog.of(
                        Genesis.create(
                                LOG,
                                RECOVERY,
                                Samples.NOON.plusSeconds(1),
                                new Samples.Counting()));

        refused(
                KeyLogFault.CHAIN,
                BEGINNING,
                next(other, LOG).fresh(Purpose.LOG, LOG_2, Positions.NONE));
    }

    @Test
    void aKeyLogCutShortIsNoticedByWhoKnewMore() {
        var whole = history();
        for (int length = 0; length < whole.entries().size(); length++) {
            var cut = KeyLog.open(Samples.GENESIS, whole.envelopes().subList(0, length));

            refused(KeyLogFault.BEHIND, () -> cut.after(whole));
            assertThat(whole.after(cut).head()).isEqualTo(whole.head());
        }
        assertThat(whole.after(whole).head()).isEqualTo(whole.head());
    }

    @Test
    void aBranchThatAStolenOnlineKeyMadeIsRefusedByWhoKnewAnother() {
        var real = fresh(BEGINNING, Purpose.LOG, LOG_2, LOG);
        var theirs = fresh(BEGINNING, Purpose.LOG, THIEF, LOG);

        refused(KeyLogFault.FORKED, () -> theirs.after(real));
        refused(KeyLogFault.FORKED, () -> fresh(theirs, Purpose.FED, FED, THIEF).after(real));
    }

    @Test
    void recoveryKeysLeadBackWhoFollowedAThief() {
        var theirs = fresh(fresh(BEGINNING, Purpose.LOG, THIEF, LOG), Purpose.FED, FED, THIEF);
        var recovered = fresh(BEGINNING, Purpose.LOG, LOG_2, RECOVERY);

        assertThat(recovered.after(theirs).logKey()).isEqualTo(LOG_2.publicKey());
        refused(KeyLogFault.FORKED, () -> theirs.after(recovered));
    }

    /// Recovery keys that were replaced because they were stolen have the past, and not the
    // present.
    @Test
    void aBranchOfRecoveryKeysThatWereReplacedIsRefused() {
        var real = fresh(BEGINNING, Purpose.LOG, LOG_2, LOG);
        var renewed = real.with(next(real, RECOVERY).recovery(THREE, 2));
        var theirs = fresh(BEGINNING, Purpose.LOG, THIEF, RECOVERY);

        refused(KeyLogFault.FORKED, () -> theirs.after(renewed));
    }

    /// The hash of an entry does not cover who signed, so that is remembered as it was first seen.
    @Test
    void signaturesTakenAwayFromWhatIsKnownAreNotForgotten() {
        var both = next(BEGINNING, LOG, RECOVERY).fresh(Purpose.LOG, LOG_2, Positions.NONE);
        var known = BEGINNING.with(both);
        var stripped =
                BEGINNING.with(
                        new Envelope(
                                both.p(), both.t(), List.of(both.s().get(0), both.s().get(2))));

        assertThat(stripped.entries().getFirst().byRecovery()).isFalse();
        assertThat(stripped.after(known).entries().getFirst().byRecovery()).isTrue();
    }

    @Test
    void anotherInstancesKeyLogIsNotTakenForOurs() {
        var other = KeyLog.of(Genesis.create(LOG_2, THIEF, Samples.NOON, new Samples.Counting()));

        refused(KeyLogFault.FORKED, () -> other.after(BEGINNING));
    }

    @Test
    void anEntryOfAnotherVersionOrTypeIsRefused() {
        var later =
                new KeyChange.Add(
                        2, 1, BEGINNING.head().hex(), Samples.NOON, "fed", FED.publicKey().text());
        var add =
                new KeyChange.Add(
                        1, 1, BEGINNING.head().hex(), Samples.NOON, "fed", FED.publicKey().text());

        refused(KeyLogFault.FORMAT, BEGINNING, signed(later, LOG, FED));
        refused(
                KeyLogFault.FORMAT,
                BEGINNING,
                Envelope.sign(Genesis.TYPE, Json.bytes(add), LOG, FED));
        refused(
                KeyLogFault.FORMAT,
                BEGINNING,
                Envelope.sign(add.type(), new byte[] {'{', '}'}, LOG, FED));
    }

    @Test
    void anEntryAlteredAnywhereIsRefused() {
        byte[] whole = Json.bytes(next(BEGINNING, LOG).fresh(Purpose.LOG, LOG_2, Positions.NONE));
        var original = Envelope.read(whole);
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            try {
                var taken = BEGINNING.with(Envelope.read(altered)).entries().getFirst().envelope();
                // the hint, by which nobody decides anything
                assertThat(taken.p()).isEqualTo(original.p());
                assertThat(taken.t()).isEqualTo(original.t());
                assertThat(taken.s())
                        .extracting(Envelope.Signature::s)
                        .isEqualTo(original.s().stream().map(Envelope.Signature::s).toList());
            } catch (Refusal e) {
                assertThat(e.text()).isNotEmpty();
            }
        }
    }

    @Test
    void aKeyLogLongerThanAnybodyReadsIsRefused() {
        var log = fresh(BEGINNING, Purpose.FED, FED, LOG);
        var last = FED;
        int entries = 1;
        while (true) {
            var fresh = SecretKey.generate(new SecureRandom());
            var entry = next(log, last).fresh(Purpose.FED, fresh, Positions.NONE);
            var before = log;
            try {
                log = log.with(entry);
            } catch (Refusal e) {
                refused(KeyLogFault.LENGTH, () -> before.with(entry));
                break;
            }
            last = fresh;
            entries++;
        }
        assertThat(entries).isBetween(150, 400);
        assertThat(Json.bytes(log.envelopes()).length).isLessThan(KeyLog.MAX_BYTES + 1000);
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void aPurposeIsKnownByItsWord(Purpose purpose) {
        assertThat(Purpose.ofWord(purpose.word())).contains(purpose);
    }
}
