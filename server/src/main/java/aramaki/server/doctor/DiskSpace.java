package aramaki.server.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/// Whether the file system of the data folder has room.
///
/// @param usable bytes that may still be written where a path is
public record DiskSpace(Path data, ToLongFunction<Path> usable) implements Examination {
    static final long NONE = 256L << 20;
    static final long LITTLE = 1L << 30;

    public static DiskSpace of(Path data) {
        return new DiskSpace(data, DiskSpace::usableAt);
    }

    private static long usableAt(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the space at " + path, e);
        }
    }

    @Override
    public String name() {
        return "disk-space";
    }

    @Override
    public String about() {
        return "The file system of the data folder has room: 1 GiB, and never less than 256 MiB.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        long left = usable.applyAsLong(data);
        String what = (left >> 20) + " MiB are left where " + data + " is.";
        String cure = "Find what can go: du -xh --max-depth=2 " + data + " | sort -h | tail";
        if (left < NONE) {
            return List.of(
                    Complaint.broken(
                            what, "When nothing is left, nothing that is observed is kept.", cure));
        }
        return left < LITTLE
                ? List.of(
                        Complaint.advice(
                                what, "Results of 30 days and all events need room.", cure))
                : List.of();
    }
}
