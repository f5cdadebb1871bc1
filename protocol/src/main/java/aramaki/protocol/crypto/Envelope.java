package aramaki.protocol.crypto;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Signed bytes with their type, after DSSE (secure-systems-lab/dsse): the signature covers exactly
/// the bytes that travel, so nothing is ever normalised before it is verified.
///
/// @param p body bytes, base64url
/// @param t type of the body, bound by the signature
/// @param s signatures; `k` is a hint, never a decision
public record Envelope(String p, String t, List<Signature> s) implements Json.Whole {
    static final int MAX_SIGNATURES = 16;

    public Envelope {
        if (Stream.of(p, t, s).anyMatch(Objects::isNull)) { // JSON may say so
            throw Refusal.invalid("bad-envelope", "an envelope has a body, a type and signatures");
        }
        s = List.copyOf(s);
        if (s.isEmpty() || s.size() > MAX_SIGNATURES) {
            throw Refusal.invalid("bad-envelope", "an envelope has 1 to 16 signatures");
        }
    }

    /// One signature and a hint whose it is.
    public record Signature(String k, String s) implements Json.Whole {}

    public static Envelope sign(String type, byte[] body, SecretKey... keys) {
        byte[] signed = pae(type, body);
        return new Envelope(
                Base64Url.encode(body),
                type,
                Arrays.stream(keys)
                        .map(
                                key ->
                                        new Signature(
                                                key.publicKey().text(),
                                                Base64Url.encode(key.sign(signed))))
                        .toList());
    }

    public static Envelope read(byte[] json) {
        return Json.read(json, Envelope.class);
    }

    /// The body, after the type was compared and this key's signature verified; only then may it be
    /// parsed.
    public byte[] open(String type, PublicKey signer) {
        if (!t.equals(type)) {
            throw Refusal.invalid("bad-envelope", "an envelope of type " + t + ", not " + type);
        }
        if (!isSignedBy(signer)) {
            throw Refusal.invalid("bad-signature", "the " + type + " is not signed by its key");
        }
        return body();
    }

    /// Whether this key signed it, as the type it says.
    public boolean isSignedBy(PublicKey signer) {
        byte[] signed = pae(t, body());
        return s.stream().anyMatch(one -> signer.verifies(signed, Base64Url.decode(one.s())));
    }

    /// The body as it claims to be; for documents that name the keys they are signed by.
    public byte[] body() {
        return Base64Url.decode(p);
    }

    /// What this envelope is named by: independent of who signed, so a re-signed copy is the same.
    public Hash hash() {
        return Hash.of(Digests.sha256(pae(t, body())));
    }

    /// DSSE's pre-authentication encoding.
    public static byte[] pae(String type, byte[] body) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("DSSEv1 " + typeBytes.length + " " + type + " " + body.length + " ")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
