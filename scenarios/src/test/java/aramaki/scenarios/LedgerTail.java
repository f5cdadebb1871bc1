package aramaki.scenarios;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// How far a growing ledger has come. Reads only what is new, since a soak test asks for hours.
final class LedgerTail {
    private final Path file;
    private final Map<String, Long> madeOfSpool = new HashMap<>();
    private final Map<String, Long> ackedOfSpool = new HashMap<>();
    private long offset;
    private long made;

    LedgerTail(Path file) {
        this.file = file;
    }

    long made() {
        follow();
        return made;
    }

    long acked() {
        follow();
        return ackedOfSpool.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The last result of every spool.
    Map<String, Long> lastMade() {
        follow();
        return Map.copyOf(madeOfSpool);
    }

    /// Whether every spool is acknowledged up to there.
    boolean acked(Map<String, Long> upTo) {
        follow();
        return upTo.entrySet().stream()
                .allMatch(e -> ackedOfSpool.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }

    private void follow() {
        if (!Files.exists(file)) {
            return;
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] news = new byte[Math.toIntExact(Math.max(0, in.length() - offset))];
            in.seek(offset);
            in.readFully(news);
            String text = new String(news, StandardCharsets.US_ASCII);
            int whole = text.lastIndexOf('\n') + 1; // the rest may be cut off
            text.substring(0, whole).lines().forEach(this::take);
            offset += whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "made" -> {
                made++;
                madeOfSpool.merge(words[1], Long.parseLong(words[2]), Math::max);
            }
            case "acked" -> ackedOfSpool.merge(words[1], Long.parseLong(words[2]), Math::max);
            default -> {} // says nothing of how far it is
        }
    }
}
