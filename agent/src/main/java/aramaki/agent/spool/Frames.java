package aramaki.agent.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// How a result lies in a segment: length, CRC32C, seq, JSON. The seq is outside the JSON so that a
/// spool can be searched without parsing it.
final class Frames {
    static final int HEADER = 16;
    static final int MAX_JSON = 512 * 1024;

    private Frames() {}

    /// A good frame found in some bytes.
    ///
    /// @param end offset of what follows it
    record Frame(long seq, byte[] json, int start, int end) {}

    static void put(java.io.ByteArrayOutputStream out, long seq, byte[] json) {
        var header = ByteBuffer.allocate(HEADER);
        header.putInt(json.length).putInt(crc(seq, json, 0, json.length)).putLong(seq);
        out.writeBytes(header.array());
        out.writeBytes(json);
    }

    /// The first good frame at or after `from`; bytes that are none are skipped one by one. With
    /// `whole` false more bytes may follow `limit`, so a frame that seems to reach beyond it ends
    /// the search.
    static @Nullable Frame next(byte[] bytes, int from, int limit, boolean whole) {
        var buffer = ByteBuffer.wrap(bytes);
        for (int at = from; at + HEADER <= limit; at++) {
            int length = buffer.getInt(at);
            if (length < 2 || length > MAX_JSON) {
                continue;
            }
            int end = at + HEADER + length;
            if (end > limit) {
                if (whole) {
                    continue;
                }
                return null;
            }
            long seq = buffer.getLong(at + 8);
            if (seq > 0 && buffer.getInt(at + 4) == crc(seq, bytes, at + HEADER, length)) {
                var json = new byte[length];
                System.arraycopy(bytes, at + HEADER, json, 0, length);
                return new Frame(seq, json, at, end);
            }
        }
        return null;
    }

    private static int crc(long seq, byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(seq).flip());
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
