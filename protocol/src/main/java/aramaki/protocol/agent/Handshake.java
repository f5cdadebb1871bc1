package aramaki.protocol.agent;

import aramaki.model.Refusal;
import aramaki.protocol.Base32;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How agent and server come to know each other: `Hello` → `Challenge` (signed) → `Proof` (signed)
/// → `Welcome`. Each signature covers the hashes of all that was said before, byte for byte, so
/// nothing can be swapped, replayed or reflected. They come within 5 s and are at most 4 KiB each,
/// but for the challenge, which brings the key log along.
public final class Handshake {
    /// The WebSocket subprotocol both sides name.
    public static final String SUBPROTOCOL = "aramaki.agent.v1";

    public static final String PATH = "/ws/agent/v1";
    public static final int MAX_BYTES = 4096;

    /// A challenge brings the key log along.
    public static final int MAX_CHALLENGE = 2 * KeyLog.MAX_BYTES;

    /// What a hello says in the place of a hash by who reads key logs and knows none.
    public static final String NO_KEYS_KNOWN = "";

    private static final String CHALLENGE = "application/vnd.aramaki.agent-challenge.v1+json";
    private static final String PROOF = "application/vnd.aramaki.agent-proof.v1+json";
    private static final String AGENT_KEY = "application/vnd.aramaki.agent-key.v1";

    private Handshake() {}

    /// What the agent says first.
    ///
    /// @param v versions it speaks
    /// @param want id of the instance it belongs to
    /// @param key its public key
    /// @param name the short host name it wants to be known by
    /// @param invite id of the invite it joins by; null once it belongs to the instance
    /// @param keyLog hash of the newest entry of the instance's key log it knows, empty when it
    // never
    ///     heard one; null when it reads no key logs
    public record Hello(
            int v,
            String want,
            String key,
            String name,
            @Nullable String invite,
            String nonce,
            @Nullable String keyLog)
            implements Json.Whole {}

    /// What the server answers, in an envelope signed by its log key.
    ///
    /// @param genesis the instance's signed genesis document, whose hash is the id the agent pinned
    /// @param heard hash of the hello, base64url
    /// @param keyLog all of the key log, which leads from the genesis to the key that signed this;
    // null
    ///     when the agent reads none
    public record Challenge(
            Envelope genesis, String heard, String nonce, @Nullable List<Envelope> keyLog)
            implements Json.Whole {
        public Challenge {
            keyLog = keyLog == null ? null : List.copyOf(keyLog);
        }
    }

    /// What the agent proves, in an envelope signed by its key.
    ///
    /// @param heard hash of the challenge's envelope, base64url
    /// @param join HMAC of the invite's secret over that hash and the key; null when not joining
    public record Proof(String heard, @Nullable String join) implements Json.Whole {}

    public static Hello hello(
            String instance,
            PublicKey key,
            String name,
            @Nullable String invite,
            @Nullable String knownHead,
            SecureRandom random) {
        return new Hello(1, instance, key.text(), name, invite, nonce(random), knownHead);
    }

    public static Envelope challenge(
            byte[] hello, KeyLog keys, SecretKey logKey, SecureRandom random) {
        boolean reads = Json.read(hello, Hello.class).keyLog() != null;
        var challenge =
                new Challenge(
                        keys.document(),
                        Base64Url.encode(Digests.sha256(hello)),
                        nonce(random),
                        reads ? keys.envelopes() : null);
        return Envelope.sign(CHALLENGE, Json.bytes(challenge), logKey);
    }

    /// The agent's check of the server: it is the pinned instance, answers this very hello, and
    // signs
    /// with the log key of now. What is known of its keys never goes back, so a key that was
    // replaced
    /// is refused from the moment the agent heard of it.
    ///
    /// @param known the key log as the agent heard it last; null when it never did
    /// @return the key log to remember
    public static KeyLog verifyChallenge(
            byte[] hello, byte[] challengeBytes, String instance, @Nullable KeyLog known) {
        var envelope = Envelope.read(challengeBytes);
        var claimed = Json.read(envelope.body(), Challenge.class);
        if (!Genesis.instanceId(claimed.genesis()).equals(instance)) {
            throw refused("this server is not the instance the invite named");
        }
        var entries = claimed.keyLog();
        var log = KeyLog.open(claimed.genesis(), entries == null ? List.of() : entries);
        var keys = known == null ? log : log.after(known);
        var challenge = Json.read(envelope.open(CHALLENGE, keys.logKey()), Challenge.class);
        if (!same(challenge.heard(), Digests.sha256(hello))) {
            throw refused("the server answered another hello than ours");
        }
        return keys;
    }

    public static Envelope proof(
            byte[] challengeBytes, SecretKey agentKey, byte @Nullable [] inviteSecret) {
        byte[] heard = Digests.sha256(challengeBytes);
        String join =
                inviteSecret == null
                        ? null
                        : joinProof(Digests.sha256(inviteSecret), heard, agentKey.publicKey());
        return Envelope.sign(PROOF, Json.bytes(new Proof(Base64Url.encode(heard), join)), agentKey);
    }

    /// The server's check of the agent: it holds the key it named and heard this very challenge.
    ///
    /// @param secretHash SHA-256 of the invite's secret, which is all the server keeps; null when
    ///     the agent does not join
    public static void verifyProof(
            byte[] proofBytes,
            byte[] challengeBytes,
            PublicKey agentKey,
            byte @Nullable [] secretHash) {
        byte[] heard = Digests.sha256(challengeBytes);
        var proof = Json.read(Envelope.read(proofBytes).open(PROOF, agentKey), Proof.class);
        if (!same(proof.heard(), heard)) {
            throw refused("the agent answered another challenge than ours");
        }
        if (secretHash != null) {
            String expected = joinProof(secretHash, heard, agentKey);
            String given = proof.join() == null ? "" : proof.join();
            if (!MessageDigest.isEqual(ascii(expected), ascii(given))) {
                throw refused("the agent does not know the invite's secret");
            }
        }
    }

    /// The agent's id for ever: `a_` and the base32 hash of its first key.
    public static String agentId(PublicKey firstKey) {
        return "a_" + Base32.encode(Digests.sha256(Envelope.pae(AGENT_KEY, firstKey.bytes())));
    }

    private static String joinProof(byte[] secretHash, byte[] heard, PublicKey key) {
        return Base64Url.encode(Digests.hmac(secretHash, heard, key.bytes()));
    }

    private static boolean same(String base64, byte[] expected) {
        return MessageDigest.isEqual(Base64Url.decode(base64), expected);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String nonce(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    private static Refusal refused(String message) {
        return new Refusal(Refusal.Reason.UNAUTHENTICATED, "handshake-failed", message);
    }
}
