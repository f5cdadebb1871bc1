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

    /// Says that what is here is not whole yet.
    private static final String UNFINISHED = "unfinished";

    /// Says where the instance went.
    private static final String MOVED = "moved-to";

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
            make(path);
            refuseNewer(path.resolve("layout"));
            refuseUnfinished(path);
            refuseMoved(path);
            return lock(path);
        } catch (IOException e) {
            throw new UncheckedIOException("taking the data directory " + path, e);
        }
    }

    /// Takes a folder that holds nothing, and marks it as unfinished until `finished`. Refuses one
    /// that holds anything.
    public static DataDirectory takeNew(Path path) {
        try {
            make(path);
            refuseUnfinished(path);
            try (var inside = Files.list(path)) {
                if (inside.findAny().isPresent()) {
                    throw Refusal.conflict(
                            "data-not-empty",
                            path
                                    + " is not empty: name a folder that does not exist yet,"
                                    + " nothing is written over");
                }
            }
            var taken = lock(path);
            Files.createFile(path.resolve(UNFINISHED));
            force(path);
            refuseNewer(path.resolve("layout"));
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException("taking the data directory " + path, e);
        }
    }

    /// All of it is here and on disk.
    public void finished() {
        try {
            force(path);
            Files.delete(path.resolve(UNFINISHED));
            force(path);
        } catch (IOException e) {
            throw new UncheckedIOException("finishing " + path, e);
        }
    }

    /// The instance is elsewhere from now on; no server may go on here.
    public void movedTo(Path there) {
        try {
            Files.writeString(path.resolve(MOVED), there + "\n", StandardCharsets.UTF_8);
            force(path.resolve(MOVED));
            force(path);
        } catch (IOException e) {
            throw new UncheckedIOException("marking " + path + " as moved", e);
        }
    }

    private static void make(Path path) throws IOException {
        Files.createDirectories(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void refuseUnfinished(Path path) {
        if (Files.exists(path.resolve(UNFINISHED))) {
            throw Refusal.conflict(
                    "data-unfinished",
                    "an import or restore into "
                            + path
                            + " did not finish, so it is not whole: remove that folder and import"
                            + " or restore again");
        }
    }

    private static void refuseMoved(Path path) throws IOException {
        var moved = path.resolve(MOVED);
        if (Files.exists(moved)) {
            String there = Files.readString(moved, StandardCharsets.UTF_8).strip();
            throw Refusal.conflict(
                    "data-moved",
                    "the instance in "
                            + path
                            + " moved to "
                            + there
                            + ": use --data "
                            + there
                            + "; going on here too would make two of it. If it never ran there,"
                            + " remove "
                            + moved);
        }
    }

    /// Takes a folder that is there, to look into it, whatever its layout says.
    public static DataDirectory lock(Path path) {
        try {
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
    /// an empty store the same instance would begin a second history.
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
