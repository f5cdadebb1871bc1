package aramaki.server.identity;

import aramaki.model.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder that one server owns while it runs: locked, and marked with the version of its
/// layout.
public final class DataDirectory implements AutoCloseable {
    /// Grows when an older server could no longer read what is here.
    static final int LAYOUT = 1;

    /// The embedded store's file in here.
    public static final String STORE = "aramaki.db";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the folder, making it when missing. Refuses one that another server uses, or that a
    /// newer version wrote.
    public static DataDirectory take(Path path) {
        try {
            Files.createDirectories(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            refuseNewer(path.resolve("layout"));
            var channel =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw Refusal.conflict(
                        "data-in-use",
                        "another server is running on "
                                + path
                                + ": stop it first, or use another --data");
            }
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("taking the data directory " + path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private static void refuseNewer(Path marker) throws IOException {
        if (!Files.exists(marker) || Files.size(marker) == 0) { // a first start may have ended here
            Files.writeString(marker, LAYOUT + "\n", StandardCharsets.UTF_8);
            return;
        }
        String text = Files.readString(marker, StandardCharsets.UTF_8).strip();
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > LAYOUT) {
            throw Refusal.conflict(
                    "data-too-new",
                    marker.getParent()
                            + " was written by a newer Aramaki (layout "
                            + text
                            + ", this one knows up to "
                            + LAYOUT
                            + "): run that version, or use another --data");
        }
    }

    public Path path() {
        return path;
    }

    /// Notes which kind of store belongs to this folder. Refuses another one than was there: with
    // an
    /// empty store the same instance would begin a second history.
    public void belongsTo(String kind) {
        var marker = path.resolve("store");
        try {
            String before =
                    Files.exists(marker)
                            ? Files.readString(marker, StandardCharsets.UTF_8).strip()
                            : Files.exists(path.resolve(STORE)) ? "sqlite" : "";
            if (!before.isEmpty() && !before.equals(kind)) {
                throw Refusal.conflict(
                        "other-store",
                        "what belongs to "
                                + path
                                + " is kept in "
                                + before
                                + ", and the settings say "
                                + kind
                                + ": put the right settings into its aramaki.yaml or into the"
                                + " environment. If everything has been brought over, write "
                                + kind
                                + " into "
                                + marker);
            }
            if (!before.equals(kind) || !Files.exists(marker)) {
                Files.writeString(marker, kind + "\n", StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + marker, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("letting go of " + path, e);
        }
    }
}
