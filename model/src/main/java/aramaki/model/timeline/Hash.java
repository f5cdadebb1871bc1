package aramaki.model.timeline;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// A SHA-256 digest; written as 64 hexadecimal digits.
public record Hash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /// What the first event of a log names as its predecessor.
    public static final Hash NONE = new Hash("0".repeat(64));

    public Hash {
        if (!FORM.matcher(hex).matches()) {
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
