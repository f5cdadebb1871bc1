package aramaki.server.backup;

import aramaki.protocol.Json;
import aramaki.protocol.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a backup or an export says about itself.
///
/// @param v grows when a reader of before would misread what is there
/// @param kind `backup` or `export`
/// @param schema number of the schema that the tables are of
/// @param takenAt of a backup; an export says nothing of itself that its content does not say, so
///     that two of the same content are the same
/// @param running whether a server was writing meanwhile; then more has happened since
/// @param content digest of all rows; the same for the same content, whatever the store
/// @param logs where each log ended
public record Manifest(
        String format,
        int v,
        String kind,
        String instance,
        int schema,
        String program,
        @Nullable Instant takenAt,
        boolean running,
        String content,
        List<Part> tables,
        List<End> logs)
        implements Json.Whole {
    static final String FORMAT = "aramaki-backup";
    static final int VERSION = 1;

    /// One table in one file.
    ///
    /// @param lastNumber the highest number its store ever gave out; null where none is given out
    public record Part(
            String table,
            String file,
            List<String> columns,
            long rows,
            long bytes,
            String sha256,
            @Nullable Long lastNumber)
            implements Json.Whole {}

    /// The newest event of one log.
    public record End(String system, String log, long epoch, long seq, String hash)
            implements Json.Whole {}

    static String content(List<Part> tables) {
        String lines =
                tables.stream()
                        .map(t -> t.table() + " " + t.sha256() + "\n")
                        .collect(Collectors.joining());
        return HexFormat.of().formatHex(Digests.sha256(lines.getBytes(StandardCharsets.UTF_8)));
    }

    public long rows() {
        return tables.stream().mapToLong(Part::rows).sum();
    }

    public long rows(String table) {
        return tables.stream().filter(t -> t.table().equals(table)).mapToLong(Part::rows).sum();
    }

    public long bytes() {
        return tables.stream().mapToLong(Part::bytes).sum();
    }
}
