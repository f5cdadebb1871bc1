package aramaki.agent.observe.probe.log;

import aramaki.agent.observe.probe.net.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the new lines of a log, so many bytes and so long at a time. A line that is not ended yet
/// waits for the next look, unless nobody will end it any more.
public final class LogReader {
    public static final long MAX_BYTES = 8L * 1024 * 1024;

    /// What is longer counts by its beginning.
    public static final int MAX_LINE = 64 * 1024;

    private static final int BUFFER = 64 * 1024;

    /// What a look came to.
    ///
    /// @param reached where the next one begins
    /// @param behind bytes that are there and were not read
    /// @param first it was the first look, which only finds the end
    /// @param missing lines may be lost, as what they were written to is not there any more
    public record Look(Position reached, long read, long behind, boolean first, boolean missing) {}

    private final String name;
    private final Path log;
    private final Consumer<byte[]> lines;
    private final long maxBytes;
    private final long end;
    private long read;

    /// @param lines takes each line, without its end
    public LogReader(Path log, long maxBytes, Duration time, Consumer<byte[]> lines) {
        this.name = log.toString();
        this.log = log;
        this.maxBytes = maxBytes;
        this.end = System.nanoTime() + time.toNanos();
        this.lines = lines;
    }

    public Look look(Optional<Position> from) throws IOException {
        return from.filter(position -> position.path().equals(name)).isPresent()
                ? follow(from.orElseThrow())
                : begin();
    }

    /// The first look begins at the end: what was there before is no news.
    private Look begin() throws IOException {
        long size = RegularFile.look(log).size();
        try (var file = FileChannel.open(log)) {
            long from = Math.max(0, size - MAX_LINE);
            var tail = new byte[(int) (size - from)];
            int n = fill(file, ByteBuffer.wrap(tail), from);
            int last = n - 1;
            while (last >= 0 && tail[last] != '\n') {
                last--;
            }
            boolean within = last < 0 && from > 0;
            long offset = within ? from + n : from + last + 1;
            return new Look(position(log, offset, within), 0, 0, true, false);
        }
    }

    private Look follow(Position from) throws IOException {
        Rotation.Plan plan = new Rotation(log, from).plan();
        Position reached = from;
        long behind = 0;
        for (Rotation.Part part : plan.parts()) {
            if (behind > 0 || exhausted()) {
                behind += Math.max(0, Files.size(part.file()) - part.from());
                continue;
            }
            var lineEnd = part(part);
            reached = position(part.file(), lineEnd.offset(), lineEnd.within());
            behind = lineEnd.behind();
        }
        return new Look(reached, read, behind, false, plan.missing());
    }

    private boolean exhausted() {
        return read >= maxBytes || System.nanoTime() >= end;
    }

    private record Reached(long offset, boolean within, long behind) {}

    /// At least one buffer of each, so that a slow disk never stands still.
    private Reached part(Rotation.Part part) throws IOException {
        RegularFile.look(part.file());
        var line = new Line(part.within());
        long at = part.from();
        long ended = at;
        try (var file = FileChannel.open(part.file())) {
            var buffer = ByteBuffer.allocate(BUFFER);
            do {
                buffer.clear();
                int n = file.read(buffer, at);
                if (n < 0) {
                    break;
                }
                read += n;
                for (int i = 0; i < n; i++) {
                    at++;
                    if (line.take(buffer.get(i))) {
                        ended = at;
                    }
                }
            } while (!exhausted());
            long behind = Math.max(0, file.size() - at);
            if (behind == 0 && part.complete()) {
                line.finish();
                return new Reached(at, false, 0);
            }
            return line.whole()
                    ? new Reached(at, true, behind)
                    : new Reached(ended, false, behind == 0 ? 0 : file.size() - ended);
        }
    }

    private Position position(Path file, long offset, boolean within) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        int length = (int) Math.min(offset, Head.LENGTH);
        return new Position(
                name, Rotation.number(attributes), offset, length, Head.of(file, length), within);
    }

    private static int fill(FileChannel file, ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    /// The line that is being read.
    private final class Line {
        private byte[] bytes = new byte[1024];
        private int length;
        private boolean skipping;

        Line(boolean within) {
            skipping = within;
        }

        /// @return whether a line ended with it
        boolean take(byte b) {
            if (b == '\n') {
                finish();
                return true;
            }
            if (!skipping) {
                add(b);
                if (length == MAX_LINE) {
                    finish();
                    skipping = true;
                }
            }
            return false;
        }

        /// The rest of the line counts no more, or it had no end and never will.
        boolean whole() {
            return skipping;
        }

        void finish() {
            if (!skipping && length > 0) {
                int end = bytes[length - 1] == '\r' ? length - 1 : length;
                lines.accept(Arrays.copyOf(bytes, end));
            }
            skipping = false;
            length = 0;
        }

        private void add(byte b) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(MAX_LINE, 2 * length));
            }
            bytes[length++] = b;
        }
    }
}
