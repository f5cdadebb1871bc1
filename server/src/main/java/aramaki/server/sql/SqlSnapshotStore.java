package aramaki.server.sql;

import static aramaki.server.sql.SqlTx.handle;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Digests;
import aramaki.server.projection.Snapshot;
import aramaki.server.projection.SnapshotStore;
import aramaki.server.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The newest snapshot in one table, a part of a hundred rows a row, each with its digest.
public final class SqlSnapshotStore implements SnapshotStore {
    private static final int ROWS = 100;

    /// What the snapshot is of, and how many parts follow.
    private record Cover(long position, String at, @Nullable String cause, int parts)
            implements Json.Whole {}

    private record Part(String kind, List<List<String>> rows) implements Json.Whole {}

    private record Lying(int part, String digest, String content) {
        boolean whole() {
            return SqlSnapshotStore.digest(content).equals(digest);
        }
    }

    @Override
    public void save(Tx tx, Snapshot snapshot, Instant taken) {
        forget(tx);
        var parts = new ArrayList<Part>();
        cut(parts, "alert", snapshot.alerts());
        cut(parts, "episode", snapshot.episodes());
        cut(parts, "history", snapshot.histories());
        cut(parts, "flapping", snapshot.flapping());
        write(
                tx,
                0,
                Json.text(
                        new Cover(
                                snapshot.position(),
                                snapshot.at().hex(),
                                snapshot.cause().map(Hash::hex).orElse(null),
                                parts.size())),
                taken);
        for (int i = 0; i < parts.size(); i++) {
            write(tx, i + 1, Json.text(parts.get(i)), taken);
        }
    }

    private static void cut(List<Part> parts, String kind, List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i += ROWS) {
            parts.add(new Part(kind, rows.subList(i, Math.min(rows.size(), i + ROWS))));
        }
    }

    private static void write(Tx tx, int part, String content, Instant taken) {
        handle(tx)
                .createUpdate(
                        """
                        insert into projection_snapshot (part, taken_ms, digest, content)
                        values (:part, :taken, :digest, :content)
                        """)
                .bind("part", part)
                .bind("taken", taken.toEpochMilli())
                .bind("digest", digest(content))
                .bind("content", content)
                .execute();
    }

    @Override
    public Optional<Snapshot> newest(Tx tx) {
        try {
            return SqlDamage.reading("the table projection_snapshot", () -> read(tx));
        } catch (Refusal e) {
            return Optional.empty(); // the logs are what counts
        }
    }

    private static Optional<Snapshot> read(Tx tx) {
        var lying =
                handle(tx)
                        .createQuery(
                                "select part, digest, content from projection_snapshot order by part")
                        .map(
                                (rs, _) ->
                                        new Lying(
                                                rs.getInt("part"),
                                                rs.getString("digest"),
                                                rs.getString("content")))
                        .list();
        if (lying.isEmpty() || !lying.stream().allMatch(Lying::whole)) {
            return Optional.empty();
        }
        var cover = Json.read(lying.getFirst().content(), Cover.class);
        if (cover.parts() != lying.size() - 1) {
            return Optional.empty();
        }
        var rows = new TreeMap<String, List<List<String>>>();
        for (var part : lying.subList(1, lying.size())) {
            var read = Json.read(part.content(), Part.class);
            rows.computeIfAbsent(read.kind(), _ -> new ArrayList<>()).addAll(read.rows());
        }
        return Optional.of(
                new Snapshot(
                        cover.position(),
                        new Hash(cover.at()),
                        Optional.ofNullable(cover.cause()).map(Hash::new),
                        rows.getOrDefault("alert", List.of()),
                        rows.getOrDefault("episode", List.of()),
                        rows.getOrDefault("history", List.of()),
                        rows.getOrDefault("flapping", List.of())));
    }

    @Override
    public void forget(Tx tx) {
        handle(tx).execute("delete from projection_snapshot");
    }

    private static String digest(String content) {
        return Hash.of(Digests.sha256(content.getBytes(StandardCharsets.UTF_8))).hex();
    }
}
