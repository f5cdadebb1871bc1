package aramaki.protocol.crypto;

import aramaki.model.Refusal;
import aramaki.protocol.Base32;
import aramaki.protocol.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/// The document an instance *is*: its id is the hash of these bytes. Signed by every key it lists.
///
/// @param v format, 1
/// @param logKey signs the heads of the logs
/// @param recoveryKeys kept offline; replace the log key when it is lost or stolen
/// @param recoveryThreshold how many recovery keys must agree
/// @param nonce so that no two instances are alike
public record Genesis(
        int v,
        String logKey,
        List<String> recoveryKeys,
        int recoveryThreshold,
        Instant createdAt,
        String nonce)
        implements Json.Whole {
    public static final String TYPE = "application/vnd.aramaki.genesis.v1+json";

    public Genesis {
        recoveryKeys = List.copyOf(recoveryKeys);
    }

    /// Makes the signed document of a new instance with one recovery key.
    public static Envelope create(
            SecretKey logKey, SecretKey recoveryKey, Instant now, SecureRandom random) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        var genesis =
                new Genesis(
                        1,
                        logKey.publicKey().text(),
                        List.of(recoveryKey.publicKey().text()),
                        1,
                        now,
                        Base64Url.encode(nonce));
        return Envelope.sign(TYPE, Json.bytes(genesis), logKey, recoveryKey);
    }

    /// Reads and verifies: format, keys, and that each listed key signed.
    public static Genesis open(Envelope envelope) {
        var genesis = Json.read(envelope.body(), Genesis.class);
        boolean sane =
                genesis.v == 1
                        && genesis.recoveryThreshold >= 1
                        && genesis.recoveryThreshold <= genesis.recoveryKeys.size()
                        && genesis.recoveryKeys.size() < Envelope.MAX_SIGNATURES
                        && new HashSet<>(genesis.recoveryKeys).size()
                                == genesis.recoveryKeys.size();
        if (!sane) {
            throw Refusal.invalid("bad-genesis", "not a genesis document of version 1");
        }
        envelope.open(TYPE, new PublicKey(genesis.logKey));
        genesis.recoveryKeys.forEach(key -> envelope.open(TYPE, new PublicKey(key)));
        return genesis;
    }

    /// The instance's id: `i_` and the base32 hash of the document.
    public static String instanceId(Envelope envelope) {
        return "i_" + Base32.encode(envelope.hash().bytes());
    }
}
