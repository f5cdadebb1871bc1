package aramaki.server.backup;

import java.io.OutputStream;
import java.security.MessageDigest;

/// Keeps nothing of what is written but its length and its digest.
final class Counting extends OutputStream {
    private final MessageDigest digest;
    private long bytes;

    Counting(MessageDigest digest) {
        this.digest = digest;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int single) {
        digest.update((byte) single);
        bytes++;
    }

    @Override
    public void write(byte[] part, int from, int length) {
        digest.update(part, from, length);
        bytes += length;
    }
}
