package aramaki.agent.observe.probe.log;

import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Up to where the log of each check was read, in one small file for each. A position is written
/// once the result that came of it is on disk, and never before: a crash between the two repeats
/// lines and loses none. The lock is this object.
public final class Positions {
    private static final int MAX_FILES = 1000;

    private final Path folder;
    private final Map<String, Entry> entries = new HashMap<>();

    /// What a file holds.
    ///
    /// @param check whose it is, for people
    record Saved(String check, Position position) implements Json.Whole {}

    /// A position whose result is not yet known to be on disk.
    private record Reached(Instant started, Position position) {}

    private static final class Entry {
        private @Nullable Position kept;
        private final List<Reached> reached = new ArrayList<>();
    }

    public Positions(Path folder) {
        this.folder = folder;
    }

    /// Where the next look begins; empty for a check that never looked.
    public synchronized Optional<Position> next(String check) {
        Entry entry = entry(check);
        return entry.reached.isEmpty()
                ? Optional.ofNullable(entry.kept)
                : Optional.of(entry.reached.getLast().position());
    }

    /// A look that began then has come so far; its result is on its way.
    public synchronized void reached(String check, Instant started, Position position) {
        entry(check).reached.add(new Reached(started, position));
    }

    /// The result of that look is on disk, and with it those of all before.
    public synchronized void kept(String check, Instant started) {
        Entry entry = entry(check);
        int index = indexOf(entry, started);
        if (index < 0) {
            return;
        }
        Position position = entry.reached.get(index).position();
        entry.reached.subList(0, index + 1).clear();
        if (!Objects.equals(entry.kept, position)) {
            entry.kept = position;
            write(check, position);
        }
    }

    /// The result of that look is gone: its lines are to be read again, and with them those of the
    /// looks after it.
    public synchronized void lost(String check, Instant started) {
        Entry entry = entry(check);
        int index = indexOf(entry, started);
        if (index >= 0) {
            entry.reached.subList(index, entry.reached.size()).clear();
        }
    }

    private static int indexOf(Entry entry, Instant started) {
        for (int i = 0; i < entry.reached.size(); i++) {
            if (entry.reached.get(i).started().equals(started)) {
                return i;
            }
        }
        return -1;
    }

    private Entry entry(String check) {
        return entries.computeIfAbsent(
                check,
                name -> {
                    var entry = new Entry();
                    entry.kept = read(name).orElse(null);
                    return entry;
                });
    }

    /// What cannot be read any more is as if it had never been; the log is then read from its end.
    private Optional<Position> read(String check) {
        Path file = file(check);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            Saved saved = Json.read(Files.readAllBytes(file), Saved.class);
            return saved.check().equals(check) ? Optional.of(saved.position()) : Optional.empty();
        } catch (Refusal e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private void write(String check, Position position) {
        try {
            Files.createDirectories(folder);
            Path file = file(check);
            if (Files.notExists(file)) {
                forgetOldest();
            }
            AtomicFile.write(file, Json.bytes(new Saved(check, position)));
        } catch (IOException e) {
            throw new UncheckedIOException("writing a position to " + folder, e);
        }
    }

    /// So that checks that come and go do not fill the disk.
    private void forgetOldest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = new ArrayList<>(files.toList());
            if (all.size() < MAX_FILES) {
                return;
            }
            all.sort(Comparator.comparing(file -> file.toFile().lastModified()));
            for (Path file : all.subList(0, all.size() - MAX_FILES + 1)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path file(String check) {
        byte[] digest = Digests.sha256(check.getBytes(StandardCharsets.UTF_8));
        return folder.resolve(HexFormat.of().formatHex(digest, 0, 16) + ".json");
    }
}
