package aramaki.server.access;

import aramaki.protocol.Base32;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Random words that nobody can guess, and the hashes we keep of them.
final class Secrets {
    private static final int BYTES = 32;
    private final SecureRandom random = new SecureRandom();

    /// 256 bits.
    String secret() {
        return Base64Url.encode(bytes(BYTES));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// An id or a code, of so many random bytes.
    String word(int count) {
        return Base32.encode(bytes(count));
    }

    static String hash(String secret) {
        return HexFormat.of().formatHex(Digests.sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
