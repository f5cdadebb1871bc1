package aramaki.protocol.identity;

import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where each log of an instance ended when its log key was replaced. A log that is not named had
/// nothing yet.
public final class Positions {
    private static final Comparator<Position> ORDER =
            Comparator.comparing(Position::system).thenComparing(Position::log);

    /// Nothing yet, in no log.
    public static final Positions NONE = new Positions(List.of());

    private final List<Position> all;
    private final Map<String, Position> byLog = new HashMap<>();

    /// @param log class of the log
    /// @param hash of the event at that seq
    public record Position(String system, String log, long epoch, long seq, String hash)
            implements Json.Whole {}

    public Positions(List<Position> positions) {
        all = positions.stream().sorted(ORDER).toList();
        all.forEach(p -> byLog.put(p.system() + "/" + p.log(), p));
        if (byLog.size() != all.size()) {
            throw KeyLogFault.FORMAT.refusal("a log ends at two positions");
        }
    }

    /// In the order of system and log.
    public List<Position> all() {
        return all;
    }

    public Optional<Position> of(String system, String log) {
        return Optional.ofNullable(byLog.get(system + "/" + log));
    }

    /// Whether that is not beyond where the log ended.
    public boolean cover(String system, String log, long epoch, long seq) {
        return of(system, log)
                .filter(end -> epoch < end.epoch() || (epoch == end.epoch() && seq <= end.seq()))
                .isPresent();
    }

    /// What a key log names them by: SHA-256 over one line each, `SYSTEM LOG EPOCH SEQ HASH`.
    public Hash digest() {
        var text = new StringBuilder();
        all.forEach(
                p ->
                        text.append(p.system())
                                .append(' ')
                                .append(p.log())
                                .append(' ')
                                .append(p.epoch())
                                .append(' ')
                                .append(p.seq())
                                .append(' ')
                                .append(p.hash())
                                .append('\n'));
        return Hash.of(Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
