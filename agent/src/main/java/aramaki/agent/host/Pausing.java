package aramaki.agent.host;

import aramaki.agent.log.Log;
import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The agent's newest pause, on disk as `pause.json`. What somebody on the host wants lies in
/// `pause-wanted.json` until the running agent takes it, so that only one program ever writes the
/// pause itself.
public final class Pausing {
    private static final String FILE = "pause.json";
    private static final String WANTED = "pause-wanted.json";

    private final Path folder;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Pause current;

    public Pausing(Path folder, Log log) {
        this.folder = folder;
        this.log = log;
    }

    /// A wish for a pause, or with a `until` not after `from` for its end.
    public record Wish(String id, Instant from, Instant until, String reason, String by)
            implements Json.Whole {}

    /// Leaves a wish for the agent that runs, or for the next one that does.
    public static void want(Path folder, Wish wish) throws IOException {
        AtomicFile.write(folder.resolve(WANTED), Json.bytes(wish));
    }

    /// The pause on disk, as somebody beside the running agent sees it.
    public static Optional<Pause> read(Path folder) throws IOException {
        return read(folder.resolve(FILE), Pause.class).map(Pause::checked);
    }

    /// A wish that no agent has taken yet.
    public static Optional<Wish> wanted(Path folder) throws IOException {
        return read(folder.resolve(WANTED), Wish.class);
    }

    private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        return Files.exists(file)
                ? Optional.of(Json.read(Files.readAllBytes(file), type))
                : Optional.empty();
    }

    /// Goes on with the pause of before a restart.
    public void load() {
        lock.lock();
        try {
            current = read(folder).orElse(null);
        } catch (IOException | Refusal e) {
            log.warn("pause: cannot read", "file", folder.resolve(FILE), "why", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    public Optional<Pause> current() {
        lock.lock();
        try {
            return Optional.ofNullable(current);
        } finally {
            lock.unlock();
        }
    }

    public boolean active(Instant now) {
        return current().filter(p -> p.active(now)).isPresent();
    }

    /// Takes what somebody on the host wanted.
    ///
    /// @return whether there was something new
    public boolean look() {
        Path file = folder.resolve(WANTED);
        if (!Files.exists(file)) {
            return false;
        }
        lock.lock();
        try {
            var wish = Json.read(Files.readAllBytes(file), Wish.class);
            var known = current;
            boolean news = known == null || !known.id().equals(wish.id());
            if (news) {
                long revision = known == null ? 1 : known.revision() + 1;
                store(
                        new Pause(
                                        wish.id(),
                                        revision,
                                        wish.from(),
                                        wish.until(),
                                        wish.reason(),
                                        wish.by())
                                .checked());
            }
            Files.deleteIfExists(file);
            return news;
        } catch (IOException | Refusal e) {
            log.warn("pause: cannot be used", "file", file, "why", e.getMessage());
            discard(file);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("pause: cannot delete", "file", file, "why", e.getMessage());
        }
    }

    /// Takes what the server says, if it is newer.
    public boolean take(Pause said) {
        lock.lock();
        try {
            var known = current;
            if (known != null && !said.newerThan(known)) {
                return false;
            }
            store(said);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Holds also where the disk does not take it; only a restart would forget it then.
    private void store(Pause pause) {
        current = pause;
        try {
            AtomicFile.write(folder.resolve(FILE), Json.bytes(pause));
        } catch (IOException e) {
            log.warn("pause: cannot write", "file", folder.resolve(FILE), "why", e.getMessage());
        }
        log.info(
                pause.wanted() ? "pause: begins" : "pause: ends",
                "until",
                pause.until(),
                "by",
                pause.by());
    }
}
