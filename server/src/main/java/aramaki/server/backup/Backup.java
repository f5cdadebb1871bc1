package aramaki.server.backup;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.server.backup.NewFolder.Written;
import aramaki.server.identity.Identity;
import aramaki.server.timeline.EventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Takes everything an instance holds into a folder: all rows of one moment, who the instance is,
/// and on request its keys. One at a time.
public final class Backup {
    private final Contents contents;
    private final EventStore events;
    private final Identity identity;
    private final Path data;
    private final String program;
    private final boolean running;
    private final Pace pace;
    private final InstantSource clock;
    private final Semaphore one = new Semaphore(1);

    /// @param data the instance's folder, with its keys
    /// @param running whether a server works on the store meanwhile
    public Backup(
            Contents contents,
            EventStore events,
            Identity identity,
            Path data,
            String program,
            boolean running,
            Pace pace,
            InstantSource clock) {
        this.contents = contents;
        this.events = events;
        this.identity = identity;
        this.data = data;
        this.program = program;
        this.running = running;
        this.pace = pace;
        this.clock = clock;
    }

    /// What to take.
    public enum Kind {
        /// All that is needed to go on elsewhere, keys included: keep it as safe as the instance.
        BACKUP,
        /// Everything but the keys.
        EXPORT;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Manifest take(Path folder, Kind kind, boolean withKeys) {
        if (!folder.isAbsolute()) {
            throw Refusal.invalid("bad-folder", folder + " is no absolute path");
        }
        if (folder.normalize().startsWith(data)) {
            throw Refusal.invalid(
                    "bad-folder",
                    folder + " lies in the instance's own folder: name one outside of " + data);
        }
        if (!one.tryAcquire()) {
            throw Refusal.conflict(
                    "backup-running", "another backup is being taken: wait until it is done");
        }
        try (var target = NewFolder.at(folder.normalize(), pace)) {
            var manifest = write(target, kind, withKeys);
            target.write(
                    Names.MANIFEST,
                    out ->
                            out.write(
                                    (Json.pretty(manifest) + "\n")
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            target.complete();
            return manifest;
        } finally {
            one.release();
        }
    }

    /// Rows and keys of one moment, or the rows would say more than the keys vouch for.
    private Snapshot snapshot(Map<String, byte[]> files, boolean withKeys) {
        var unchanging = identity.unchanging();
        unchanging.lock();
        try {
            var snapshot = contents.snapshot();
            files.put(Names.GENESIS, Json.bytes(identity.document()));
            read(Names.KEY_LOG).ifPresent(bytes -> files.put(Names.KEY_LOG, bytes));
            if (withKeys) {
                Names.KEYS.forEach(
                        key -> read(key).ifPresent(bytes -> files.put(Names.key(key), bytes)));
            }
            return snapshot;
        } finally {
            unchanging.unlock();
        }
    }

    private Optional<byte[]> read(String name) {
        var file = data.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private Manifest write(NewFolder target, Kind kind, boolean withKeys) {
        var files = new TreeMap<String, byte[]>();
        try (var snapshot = snapshot(files, withKeys)) {
            files.forEach((name, bytes) -> target.write(name, out -> out.write(bytes)));
            @Nullable Instant takenAt = kind == Kind.BACKUP ? clock.instant() : null;
            var parts = new ArrayList<Manifest.Part>();
            for (var table : snapshot.tables()) {
                parts.add(part(target, snapshot, table));
            }
            return new Manifest(
                    Manifest.FORMAT,
                    Manifest.VERSION,
                    kind.word(),
                    identity.id(),
                    snapshot.schema(),
                    program,
                    takenAt,
                    running,
                    Manifest.content(parts),
                    parts,
                    ends(snapshot));
        }
    }

    private static Manifest.Part part(NewFolder target, Snapshot snapshot, Table table) {
        String file = Names.table(table.name());
        var counted = new long[1];
        var written = target.write(file, out -> counted[0] = rows(snapshot, table, out));
        return part(snapshot, table, counted[0], written);
    }

    private static Manifest.Part part(Snapshot snapshot, Table table, long rows, Written written) {
        @Nullable Long last =
                table.numbered().isPresent() ? (Long) snapshot.lastNumber(table) : null;
        return new Manifest.Part(
                table.name(),
                Names.table(table.name()),
                table.names(),
                rows,
                written.bytes(),
                written.sha256(),
                last);
    }

    private static long rows(Snapshot snapshot, Table table, OutputStream out) throws IOException {
        try (var rows = new RowWriter(out, table)) {
            snapshot.rows(table, rows);
            return rows.rows();
        }
    }

    /// What a snapshot's tables come to, without writing them anywhere.
    static List<Manifest.Part> digest(Snapshot snapshot) {
        var parts = new ArrayList<Manifest.Part>();
        for (var table : snapshot.tables()) {
            var digest = NewFolder.sha256();
            try (var out = new Counting(digest)) {
                long rows = rows(snapshot, table, out);
                String sum = HexFormat.of().formatHex(digest.digest());
                parts.add(part(snapshot, table, rows, new Written(out.bytes(), sum)));
            } catch (IOException e) {
                throw new UncheckedIOException("reading back " + table.name(), e);
            }
        }
        return parts;
    }

    private List<Manifest.End> ends(Snapshot snapshot) {
        return events.rawLogs(snapshot.tx()).stream()
                .map(
                        log ->
                                new Manifest.End(
                                        log.system(),
                                        log.eventClass(),
                                        log.epoch(),
                                        log.seq(),
                                        log.hash()))
                .toList();
    }
}
