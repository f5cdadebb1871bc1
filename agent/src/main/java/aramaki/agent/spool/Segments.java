package aramaki.agent.spool;

import aramaki.agent.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The segment files of one epoch, oldest first; the last one grows. The name of a file is the seq
/// its first frame has or would have, so that the next seq outlives every frame. Guarded by the
/// lock of the spool, but for `write`.
final class Segments implements AutoCloseable {
    private static final String SUFFIX = ".seg";

    /// One file.
    private static final class Segment {
        final Path file;
        final long base;
        long end;
        int bytes;

        Segment(Path file, long base) {
            this.file = file;
            this.base = base;
            this.end = base;
        }
    }

    private final Path folder;
    private final Deque<Segment> all;
    private Segment growing;
    private @Nullable FileChannel active;
    private long bytes;
    private long next;
    private long cursorSeq;
    private long cursorBase;
    private int cursorOffset;

    private Segments(Path folder, Deque<Segment> all, Segment growing, long next) {
        this.folder = folder;
        this.all = all;
        this.growing = growing;
        this.next = next;
        this.bytes = all.stream().mapToLong(s -> s.bytes).sum();
    }

    /// Reads what is there, cuts a torn tail off and says what is damaged.
    static Segments open(Path folder, Log log) throws IOException {
        Files.createDirectories(folder);
        List<Segment> found = list(folder);
        for (int i = 0; i < found.size(); i++) {
            long limit = i + 1 < found.size() ? found.get(i + 1).base : Long.MAX_VALUE;
            examine(found.get(i), limit, i + 1 == found.size(), log);
        }
        if (found.isEmpty()) {
            found.add(create(folder, 1));
        }
        var last = found.getLast();
        return new Segments(folder, new ArrayDeque<>(found), last, last.end);
    }

    private static Segment create(Path folder, long base) throws IOException {
        Path file = folder.resolve(name(base));
        Files.createFile(file);
        AtomicFile.sync(folder);
        return new Segment(file, base);
    }

    private static String name(long base) {
        return String.format(Locale.ROOT, "%019d%s", base, SUFFIX);
    }

    private static List<Segment> list(Path folder) throws IOException {
        var found = new ArrayList<Segment>();
        try (var files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("[0-9]{19}\\.seg")) {
                    found.add(new Segment(file, Long.parseLong(name.substring(0, 19))));
                }
            }
        }
        found.sort(Comparator.comparingLong(s -> s.base));
        return found;
    }

    private static void examine(Segment segment, long limit, boolean last, Log log)
            throws IOException {
        byte[] content = Files.readAllBytes(segment.file);
        int good = 0;
        int skipped = 0;
        for (var frame = Frames.next(content, 0, content.length, true);
                frame != null;
                frame = Frames.next(content, frame.end(), content.length, true)) {
            skipped += frame.start() - good;
            good = frame.end();
            if (frame.seq() >= segment.end && frame.seq() < limit) {
                segment.end = frame.seq() + 1;
            }
        }
        if (skipped > 0) {
            log.warn("spool: skipped damaged bytes", "file", segment.file, "bytes", skipped);
        }
        int rest = content.length - good;
        if (rest > 0) {
            log.warn(
                    "spool: cut off a torn end",
                    "file",
                    segment.file,
                    "bytes",
                    rest,
                    "next",
                    segment.end);
        }
        if (rest > 0 && last) {
            try (var channel = FileChannel.open(segment.file, StandardOpenOption.WRITE)) {
                channel.truncate(good);
                channel.force(true);
            }
        }
        segment.bytes = good;
    }

    long first() {
        return all.getFirst().bytes == 0 && all.size() == 1 ? next : all.getFirst().base;
    }

    long next() {
        return next;
    }

    long bytes() {
        return bytes;
    }

    int activeBytes() {
        return growing.bytes;
    }

    /// Begins a new file; the seq `next` is durable with it.
    void roll() throws IOException {
        closeActive();
        Path file = folder.resolve(name(next));
        active =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        var last = all.peekLast();
        if (last != null && last.bytes == 0) {
            all.removeLast();
            if (last.base != next) {
                Files.deleteIfExists(last.file);
            }
        }
        growing = new Segment(file, next);
        all.addLast(growing);
        AtomicFile.sync(folder);
    }

    /// Puts frames on the disk; they count only once `publish` says so. Called by one writer,
    /// without the lock, since it waits for the disk.
    void write(byte[] frames) throws IOException {
        var segment = growing;
        if (active == null) {
            active = FileChannel.open(segment.file, StandardOpenOption.WRITE);
        }
        var buffer = ByteBuffer.wrap(frames);
        long at = segment.bytes;
        while (buffer.hasRemaining()) {
            at += active.write(buffer, at);
        }
        active.force(false);
    }

    /// Takes back what a failed write left behind.
    ///
    /// @return false when even that failed and the file must not be continued
    boolean undo() {
        try {
            if (active != null) {
                active.truncate(growing.bytes);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void publish(int written, long nextSeq) {
        next = nextSeq;
        if (written > 0) {
            growing.bytes += written;
            growing.end = nextSeq;
            bytes += written;
        }
    }

    /// Removes the oldest file, never the growing one.
    ///
    /// @return the seq up to which everything is gone, or 0 when there was nothing to remove
    long dropOldest() throws IOException {
        if (all.size() < 2) {
            return 0;
        }
        Files.deleteIfExists(all.getFirst().file);
        bytes -= all.removeFirst().bytes;
        return all.getFirst().base - 1;
    }

    void dropTo(long seq) throws IOException {
        while (all.size() > 1 && all.getFirst().end - 1 <= seq) {
            dropOldest();
        }
    }

    /// Good frames in order, the first one at or after `from`; later ones follow without a hole.
    List<Frames.Frame> read(long from, int maxFrames, int maxBytes) throws IOException {
        for (var segment : all) {
            if (segment.end > from && segment.bytes > 0) {
                var frames = read(segment, from, maxFrames, maxBytes);
                if (!frames.isEmpty()) {
                    return frames;
                }
            }
        }
        return List.of();
    }

    private List<Frames.Frame> read(Segment segment, long from, int maxFrames, int maxBytes)
            throws IOException {
        boolean resumed = cursorSeq == from && cursorBase == segment.base;
        int start = resumed ? Math.min(cursorOffset, segment.bytes) : 0;
        int rest = segment.bytes - start;
        int slice = Math.min(rest, maxBytes + maxBytes / 4);
        var frames = slice(segment, start, resumed ? slice : rest, from, maxFrames, maxBytes);
        if (frames.isEmpty() && resumed && slice < rest) {
            frames = slice(segment, start, rest, from, maxFrames, maxBytes);
        }
        return frames;
    }

    private List<Frames.Frame> slice(
            Segment segment, int start, int length, long from, int maxFrames, int maxBytes)
            throws IOException {
        byte[] content = bytesOf(segment.file, start, length);
        boolean whole = start + length == segment.bytes;
        var frames = new ArrayList<Frames.Frame>();
        int size = 0;
        int at = 0;
        while (frames.size() < maxFrames) {
            var frame = Frames.next(content, at, content.length, whole);
            if (frame == null) {
                break;
            }
            at = frame.end();
            if (frame.seq() < from || frame.seq() >= segment.end) {
                continue;
            }
            boolean follows = frames.isEmpty() || frame.seq() == frames.getLast().seq() + 1;
            size += frame.json().length + 1;
            if (!follows || (size > maxBytes && !frames.isEmpty())) {
                break;
            }
            frames.add(frame);
            cursorSeq = frame.seq() + 1;
            cursorBase = segment.base;
            cursorOffset = start + frame.end();
        }
        return frames;
    }

    private static byte[] bytesOf(Path file, int start, int length) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            int available = (int) Math.max(0, Math.min(length, in.length() - start));
            var content = new byte[available];
            in.seek(start);
            in.readFully(content);
            return content;
        }
    }

    /// Takes over what another epoch has from there on, under seqs of this one.
    void take(Segments other, long from, int segmentBytes) throws IOException {
        long seq = from;
        while (seq < other.next) {
            var frames = other.read(seq, Integer.MAX_VALUE, segmentBytes);
            if (frames.isEmpty()) {
                return;
            }
            var out = new ByteArrayOutputStream();
            long to = next;
            for (var frame : frames) {
                Frames.put(out, to, Encoding.renumbered(frame.json(), to));
                to++;
            }
            if (growing.bytes >= segmentBytes) {
                roll();
            }
            write(out.toByteArray());
            publish(out.size(), to);
            seq = frames.getLast().seq() + 1;
        }
    }

    private void closeActive() throws IOException {
        if (active != null) {
            var channel = active;
            active = null;
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeActive();
    }
}
