package aramaki.model.timeline;

import java.util.HexFormat;

/// A SHA-256 digest; written as 64 hexadecimal digits.
public record Hash(String hex) {
    /// What the first event of a log names as its predecessor.
    public static final Hash NONE = new Hash("0".repeat(64));

    public Hash {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
        }
    }

    public static Hash of(byte[] digest) {
        return new Hash(HexFormat.of().formatHex(digest));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
