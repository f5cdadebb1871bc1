package aramaki.server.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// SQLite's write-ahead log as it lies there, before SQLite reads it: SQLite takes it up to the
/// first frame that does not fit its checksum and silently leaves the rest, which is right for a
/// torn last write and wrong for damage in the middle.
final class WriteAheadLog {
    private static final int HEADER = 32;
    private static final int FRAME = 24;
    private static final int MAGIC = 0x377f0682;

    private long s0;
    private long s1;

    private WriteAheadLog() {}

    /// What is wrong with it; empty for one that is whole, torn at its end, or not there.
    static Optional<String> problem(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) < HEADER) {
                return Optional.empty();
            }
            try (var channel = FileChannel.open(file)) {
                return new WriteAheadLog().problem(file, channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private Optional<String> problem(Path file, FileChannel channel) throws IOException {
        var header = read(channel, 0, HEADER);
        int magic = header.getInt(0);
        int page = header.getInt(8);
        boolean bad = (magic & ~1) != MAGIC || page < 512 || page > 65_536;
        if (!bad) {
            order(magic, header);
            add(header, 0, FRAME);
            bad = !fits(header, FRAME);
        }
        if (bad) {
            return Optional.of(
                    file.getFileName()
                            + " is damaged at its beginning: what was committed last is lost");
        }
        long salts = header.getLong(16);
        long frames = (channel.size() - HEADER) / (FRAME + page);
        long good = 0;
        while (good < frames && next(channel, magic, page, good, salts)) {
            good++;
        }
        long lost = 0;
        for (long i = good + 1; i < frames; i++) {
            long at = HEADER + i * (FRAME + page);
            if (read(channel, at, FRAME).getLong(8) == salts) {
                lost++;
            }
        }
        return lost == 0
                ? Optional.empty()
                : Optional.of(
                        file.getFileName()
                                + " is damaged at frame "
                                + (good + 1)
                                + " of "
                                + frames
                                + ": what was committed from there on is lost");
    }

    private boolean next(FileChannel channel, int magic, int page, long frame, long salts)
            throws IOException {
        var bytes = read(channel, HEADER + frame * (FRAME + page), FRAME + page);
        if (bytes.getLong(8) != salts) {
            return false;
        }
        order(magic, bytes);
        add(bytes, 0, 8);
        add(bytes, FRAME, page);
        return fits(bytes, 16);
    }

    /// The checksum adds words in the byte order of the machine that made it.
    private static void order(int magic, ByteBuffer bytes) {
        bytes.order((magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private void add(ByteBuffer bytes, int from, int length) {
        for (int i = from; i < from + length; i += 8) {
            s0 = (s0 + Integer.toUnsignedLong(bytes.getInt(i)) + s1) & 0xffffffffL;
            s1 = (s1 + Integer.toUnsignedLong(bytes.getInt(i + 4)) + s0) & 0xffffffffL;
        }
    }

    private boolean fits(ByteBuffer bytes, int at) {
        bytes.order(ByteOrder.BIG_ENDIAN);
        return Integer.toUnsignedLong(bytes.getInt(at)) == s0
                && Integer.toUnsignedLong(bytes.getInt(at + 4)) == s1;
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                break;
            }
        }
        return bytes;
    }
}
