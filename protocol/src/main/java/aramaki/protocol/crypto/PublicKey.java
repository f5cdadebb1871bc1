package aramaki.protocol.crypto;

import aramaki.model.Refusal;
import aramaki.protocol.Base32;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 public key that passed full validation. The JDK's own Ed25519 accepts keys of small
/// order, under which one signature fits every message; this one refuses them.
///
/// @param text the 32 bytes in base64url
public record PublicKey(String text) {
    private static final int BYTES = 32;
    private static final int FINGERPRINT = 10;

    public PublicKey {
        byte[] bytes = Base64Url.decode(text);
        if (bytes.length != BYTES || !Ed25519.validatePublicKeyFull(bytes, 0)) {
            throw Refusal.invalid("bad-key", "not a valid Ed25519 public key");
        }
    }

    public byte[] bytes() {
        return Base64Url.decode(text);
    }

    /// Short enough to read out, to tell one key from another: base32 of the first 10 bytes of the
    /// SHA-256 of its 32.
    public String fingerprint() {
        return Base32.encode(Arrays.copyOf(Digests.sha256(bytes()), FINGERPRINT));
    }

    /// Whether this key made that signature over exactly these bytes; a malleated signature (S ≥ L)
    /// is none.
    public boolean verifies(byte[] signed, byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        var verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(bytes(), 0));
        verifier.update(signed, 0, signed.length);
        return verifier.verifySignature(signature);
    }
}
