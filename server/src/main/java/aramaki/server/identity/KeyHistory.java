package aramaki.server.identity;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.identity.KeyChange;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.identity.Positions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The genesis and the key log of a data directory, verified, with what lies beside its entries. It
/// holds no secret.
public record KeyHistory(KeyLog log, List<KeyRecord> records) {
    /// One record a line.
    public static final String FILE = "key-log.jsonl";

    public KeyHistory {
        records = List.copyOf(records);
    }

    /// Reads both files; without a key log the instance has the keys it began with.
    public static KeyHistory read(Path data) {
        try {
            var document = Envelope.read(Files.readAllBytes(data.resolve(Identity.DOCUMENT)));
            var history = new KeyHistory(KeyLog.of(document), List.of());
            Path file = data.resolve(FILE);
            if (!Files.exists(file)) {
                return history;
            }
            int number = 0;
            // Bytes that are no text have to be refused, not thrown.
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
                number++;
                history = history.with(line, number);
            }
            return history;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the keys in " + data, e);
        }
    }

    private KeyHistory with(String line, int number) {
        try {
            return with(Json.read(line.getBytes(StandardCharsets.ISO_8859_1), KeyRecord.class));
        } catch (Refusal e) {
            throw Refusal.conflict(
                    e.code(),
                    FILE + " line " + number + ": " + e.text() + "; put it back from a backup");
        }
    }

    /// The same with one more entry.
    KeyHistory with(KeyRecord record) {
        var longer = log.with(record.entry());
        if (longer.entries().getLast().change() instanceof KeyChange.Rotate rotate
                && rotate.validUpTo() != null
                && !record.positions().digest().hex().equals(rotate.validUpTo())) {
            throw Refusal.invalid(
                    "key-log-positions", "the positions are not those that were signed");
        }
        var all = new ArrayList<>(records);
        all.add(record);
        return new KeyHistory(longer, all);
    }

    void write(Path data) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var record : records) {
            out.write(Json.bytes(record));
            out.write('\n');
        }
        WholeFile.write(data, FILE, out.toByteArray());
    }

    /// Which keys may have signed the heads of the logs.
    public LogKeys logKeys() {
        var digests = new HashMap<String, Positions>();
        records.forEach(r -> digests.put(r.positions().digest().hex(), r.positions()));
        return new LogKeys(
                log.logKey(),
                log.retired().reversed().stream()
                        .map(
                                old ->
                                        new LogKeys.Retired(
                                                old.key(),
                                                digests.getOrDefault(
                                                        old.validUpTo(), Positions.NONE)))
                        .toList());
    }
}
