package aramaki.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.Samples;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.protocol.identity.Positions;
import aramaki.protocol.identity.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final String INVITE = "v_" + "a".repeat(16);
    private static final byte[] SECRET_HASH = Digests.sha256(Samples.secret());
    private static final SecretKey AGENT = Samples.AGENT_KEY;

    private final SecureRandom random = new Samples.Counting();
    private final byte[] hello = hello(INVITE);
    private final byte[] challenge = challenge(hello);

    private byte[] hello(@Nullable String invite) {
        return Json.bytes(
                Handshake.hello(Samples.INSTANCE, AGENT.publicKey(), "web1", invite, "", random));
    }

    private byte[] challenge(byte[] hello) {
        return Json.bytes(Handshake.challenge(hello, Samples.KEYS, Samples.LOG_KEY, random));
    }

    private static byte[] proof(byte[] challenge) {
        return Json.bytes(Handshake.proof(challenge, AGENT, Samples.secret()));
    }

    private static void refused(Runnable step) {
        assertThatThrownBy(step::run).isInstanceOf(Refusal.class);
    }

    private static void refused(Runnable step, String message) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        r -> assertThat(r.reason()).isEqualTo(Refusal.Reason.UNAUTHENTICATED))
                .hasMessage(message);
    }

    private static void serverAccepts(byte[] proof, byte[] challenge, byte[] hello) {
        var said = Json.read(hello, Handshake.Hello.class);
        Handshake.verifyProof(
                proof,
                challenge,
                new PublicKey(said.key()),
                said.invite() == null ? null : SECRET_HASH);
    }

    @Test
    void theWholeExchangeIsAcceptedByBothSides() {
        Handshake.verifyChallenge(hello, challenge, Samples.INSTANCE, null);
        serverAccepts(proof(challenge), challenge, hello);
    }

    @Test
    void aMemberNeedsNoInvite() {
        byte[] hello = hello(null);
        byte[] challenge = challenge(hello);

        Handshake.verifyChallenge(hello, challenge, Samples.INSTANCE, null);
        serverAccepts(Json.bytes(Handshake.proof(challenge, AGENT, null)), challenge, hello);
    }

    @Test
    void anotherInstanceIsRefused() {
        var key = Samples.key(20);
        var genesis = Genesis.create(key, Samples.key(21), Samples.NOON, random);
        byte[] theirs = Json.bytes(Handshake.challenge(hello, KeyLog.of(genesis), key, random));

        refused(
                () -> Handshake.verifyChallenge(hello, theirs, Samples.INSTANCE, null),
                "this server is not the instance the invite named");
    }

    @Test
    void ourGenesisInTheHandsOfAnotherIsRefused() {
        byte[] theirs =
                Json.bytes(Handshake.challenge(hello, Samples.KEYS, Samples.key(20), random));

        refused(() -> Handshake.verifyChallenge(hello, theirs, Samples.INSTANCE, null));
    }

    @Test
    void theRecoveryKeyIsNotTheLogKey() {
        byte[] theirs =
                Json.bytes(Handshake.challenge(hello, Samples.KEYS, Samples.RECOVERY_KEY, random));

        refused(() -> Handshake.verifyChallenge(hello, theirs, Samples.INSTANCE, null));
    }

    @Test
    void aSwappedChallengeIsRefused() {
        byte[] other = challenge(hello(INVITE));

        refused(
                () -> Handshake.verifyChallenge(hello, other, Samples.INSTANCE, null),
                "the server answered another hello than ours");
    }

    @Test
    void aProofReplayedToAnotherChallengeIsRefused() {
        refused(
                () -> serverAccepts(proof(challenge), challenge(hello), hello),
                "the agent answered another challenge than ours");
    }

    @Test
    void anotherAgentsProofIsRefused() {
        byte[] theirs = Json.bytes(Handshake.proof(challenge, Samples.key(20), Samples.secret()));

        refused(() -> serverAccepts(theirs, challenge, hello));
    }

    @Test
    void aWrongInviteSecretIsRefused() {
        byte[] proof = Json.bytes(Handshake.proof(challenge, AGENT, new byte[16]));

        refused(
                () -> serverAccepts(proof, challenge, hello),
                "the agent does not know the invite's secret");
    }

    @Test
    void theHashOfTheSecretIsNotTheSecret() {
        byte[] proof = Json.bytes(Handshake.proof(challenge, AGENT, SECRET_HASH));

        refused(() -> serverAccepts(proof, challenge, hello));
    }

    @Test
    void aMissingJoinProofIsRefused() {
        byte[] proof = Json.bytes(Handshake.proof(challenge, AGENT, null));

        refused(
                () -> serverAccepts(proof, challenge, hello),
                "the agent does not know the invite's secret");
    }

    @Test
    void aReflectedMessageIsRefused() {
        for (byte[] message : List.of(hello, proof(challenge))) {
            refused(() -> Handshake.verifyChallenge(hello, message, Samples.INSTANCE, null));
        }
        for (byte[] message : List.of(hello, challenge)) {
            refused(
                    () ->
                            Handshake.verifyProof(
                                    message, challenge, Samples.LOG_KEY.publicKey(), SECRET_HASH));
        }
    }

    /// What an agent hears of the keys it remembers, and from then on the old one is of no use.
    @Test
    void aLogKeyThatWasReplacedIsRefusedByWhoHeardOfIt() {
        var fresh = Samples.key(30);
        var rotated =
                Samples.KEYS.with(
                        new KeyLogEntries(Samples.KEYS, Samples.NOON, List.of(Samples.LOG_KEY))
                                .fresh(Purpose.LOG, fresh, Positions.NONE));
        byte[] now = Json.bytes(Handshake.challenge(hello, rotated, fresh, random));

        var heard = Handshake.verifyChallenge(hello, now, Samples.INSTANCE, null);

        assertThat(heard.logKey()).isEqualTo(fresh.publicKey());
        // the stolen key, with the key log as it was, and with the one that is
        refused(() -> Handshake.verifyChallenge(hello, challenge, Samples.INSTANCE, heard));
        byte[] stolen = Json.bytes(Handshake.challenge(hello, rotated, Samples.LOG_KEY, random));
        refused(() -> Handshake.verifyChallenge(hello, stolen, Samples.INSTANCE, heard));
        refused(() -> Handshake.verifyChallenge(hello, stolen, Samples.INSTANCE, null));
    }

    @Test
    void whoReadsNoKeyLogsIsSentNone() {
        byte[] old =
                ("{\"v\":1,\"want\":\""
                                + Samples.INSTANCE
                                + "\",\"key\":\""
                                + AGENT.publicKey().text()
                                + "\",\"name\":\"web1\",\"nonce\":\"AAAA\"}")
                        .getBytes(StandardCharsets.UTF_8);

        byte[] answer = challenge(old);

        assertThat(Json.read(Envelope.read(answer).body(), Handshake.Challenge.class).keyLog())
                .isNull();
        assertThat(Handshake.verifyChallenge(old, answer, Samples.INSTANCE, null).entries())
                .isEmpty();
    }

    @Test
    void theLongestKeyLogThereMayBeIsRead() {
        var log = Samples.KEYS;
        var key = Samples.LOG_KEY;
        try {
            while (true) {
                var fresh = SecretKey.generate(new SecureRandom());
                log =
                        log.with(
                                new KeyLogEntries(log, Samples.NOON, List.of(key))
                                        .fresh(Purpose.LOG, fresh, Positions.NONE));
                key = fresh;
            }
        } catch (Refusal e) {
            assertThat(e.code()).isEqualTo("key-log-length");
        }
        byte[] answer = Json.bytes(Handshake.challenge(hello, log, key, random));

        assertThat(answer.length).isLessThan(Handshake.MAX_CHALLENGE);
        assertThat(Handshake.verifyChallenge(hello, answer, Samples.INSTANCE, null).head())
                .isEqualTo(log.head());
    }

    @Test
    void aHelloAlteredAnywhereIsRefused() {
        forEachAlteration(
                hello,
                altered -> {
                    Json.read(altered, Handshake.Hello.class);
                    byte[] answer = challenge(altered);
                    Handshake.verifyChallenge(hello, answer, Samples.INSTANCE, null);
                });
    }

    /// The hint whose signature it is may be altered: the agent decides nothing by it, and then the
    /// server refuses the proof over what the agent heard.
    @Test
    void aChallengeAlteredAnywhereIsRefused() {
        forEachAlteration(
                challenge,
                altered -> {
                    Handshake.verifyChallenge(hello, altered, Samples.INSTANCE, null);
                    serverAccepts(proof(altered), challenge, hello);
                });
    }

    /// Again all but the hint, by which nobody decides anything.
    @Test
    void aProofAlteredAnywhereIsRefused() {
        byte[] proof = proof(challenge);
        var original = Envelope.read(proof);
        forEachAlteration(
                proof,
                altered -> {
                    serverAccepts(altered, challenge, hello);
                    var taken = Envelope.read(altered);
                    if (taken.p().equals(original.p())
                            && taken.t().equals(original.t())
                            && taken.s().getFirst().s().equals(original.s().getFirst().s())) {
                        throw Refusal.invalid("hint", "says the same");
                    }
                });
    }

    private interface Reading {
        void read(byte[] altered);
    }

    private static void forEachAlteration(byte[] message, Reading reading) {
        for (int at = 0; at < message.length; at++) {
            for (int mask : new int[] {0x01, 0x20, 0x80}) {
                byte[] altered = message.clone();
                altered[at] ^= (byte) mask;
                String what = "byte " + at + " altered by " + mask;
                try {
                    reading.read(altered);
                    fail(what + " was not noticed");
                } catch (Refusal e) {
                    assertThat(e.text()).isNotEmpty();
                } catch (RuntimeException e) {
                    throw new AssertionError(what, e);
                }
            }
        }
    }

    @Test
    void anAgentsIdComesFromItsKeyAlone() {
        assertThat(Handshake.agentId(AGENT.publicKey()))
                .isEqualTo(Handshake.agentId(new PublicKey(AGENT.publicKey().text())))
                .matches("a_[a-z2-7]{52}")
                .isNotEqualTo(Handshake.agentId(Samples.LOG_KEY.publicKey()));
    }

    @Test
    void everyMessageIsShorterThanItsBound() {
        assertThat(hello.length).isLessThan(Handshake.MAX_BYTES);
        assertThat(challenge.length).isLessThan(Handshake.MAX_BYTES);
        assertThat(proof(challenge).length).isLessThan(Handshake.MAX_BYTES);
    }
}
