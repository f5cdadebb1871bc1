package aramaki.agent.input;

import aramaki.agent.log.Log;
import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A folder into which programs put results, one JSON document a file. A file is removed once its
/// result is durable; one that is wrong moves to `refused/`, with the reason beside it.
///
/// A program writes under another name and renames to `NAME.json`, so that no half of a file is
/// read.
public final class DropIn implements AutoCloseable {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_REFUSED = 100;

    private static final int AT_A_LOOK = 500;
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Path folder;
    private final Path refused;
    private final Inbox inbox;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean closed;
    private @Nullable Thread thread;

    private DropIn(Path folder, Inbox inbox, Log log) {
        this.folder = folder;
        this.refused = folder.resolve("refused");
        this.inbox = inbox;
        this.log = log;
    }

    /// Makes the folder, for the agent's user only, and watches it. Whoever lets others write there
    /// lets them speak for this host.
    public static DropIn open(Path folder, Inbox inbox, Log log) throws IOException {
        var mine =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var dropIn = new DropIn(folder, inbox, log);
        for (Path path : List.of(folder, dropIn.refused)) {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, mine);
            }
        }
        dropIn.thread = Thread.ofVirtual().name("drop-in").start(dropIn::watch);
        return dropIn;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (thread != null) {
                thread.join(EVERY.multipliedBy(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (pause()) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when it was closed.
    private boolean pause() throws InterruptedException {
        lock.lock();
        try {
            long left = EVERY.toNanos();
            while (!closed && left > 0) {
                left = ended.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void look() throws InterruptedException {
        try {
            for (Path file : files()) {
                take(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("input: cannot read the folder", "folder", folder, "why", e.getMessage());
        }
    }

    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : found) {
                files.add(file);
                if (files.size() == AT_A_LOOK) {
                    break;
                }
            }
        }
        files.sort(null);
        return files;
    }

    private void take(Path file) throws IOException, InterruptedException {
        try {
            inbox.take(DropInDocument.read(bytes(file)));
            Files.deleteIfExists(file);
        } catch (Refusal e) {
            if (e.reason() != Refusal.Reason.UNAVAILABLE) { // else it stays, and is tried again
                refuse(file, e.text());
            }
        } catch (NoSuchFileException e) {
            // Taken away again by whoever put it there.
        }
    }

    /// Refuses links and what is no plain file, so that nobody leads the agent to another file, or
    /// lets it wait at a pipe.
    private static byte[] bytes(Path file) throws IOException {
        var attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw Refusal.invalid("no-file", "is no plain file");
        }
        try (var in =
                Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Refusal.invalid("too-large", "has more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private void refuse(Path file, String why) throws IOException {
        String name = String.valueOf(file.getFileName());
        log.warn("input: a result was refused", "file", file, "why", why);
        try (var kept = Files.list(refused)) {
            if (kept.count() >= 2L * MAX_REFUSED) {
                Files.deleteIfExists(file);
                return;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.move(file, refused.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        AtomicFile.write(
                refused.resolve(name + ".why"), (why + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
