package aramaki.protocol.crypto;

import aramaki.model.Refusal;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 public key that passed full validation. The JDK's own Ed25519 accepts keys of small
/// order, under which one signature fits every message; this one refuses them.
///
/// @param text the 32 bytes in base64url
public record PublicKey(String text) {
    private static final int BYTES = 32;

    public PublicKey {
        byte[] bytes = Base64Url.decode(text);
        if (bytes.length != BYTES || !Ed25519.validatePublicKeyFull(bytes, 0)) {
            throw Refusal.invalid("bad-key", "not a valid Ed25519 public key");
        }
    }

    public byte[] bytes() {
        return Base64Url.decode(text);
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
