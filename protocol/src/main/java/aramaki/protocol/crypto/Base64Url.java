package aramaki.protocol.crypto;

import aramaki.model.Refusal;
import java.util.Base64;

/// Base64url without padding (RFC 4648, section 5); only the canonical form is read.
public final class Base64Url {
    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // The same refusal as for a form that is not canonical.
        }
        throw Refusal.invalid("bad-base64", "not canonical base64url without padding");
    }
}
