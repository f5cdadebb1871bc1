package aramaki.server.timeline;

import aramaki.model.timeline.Hash;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.identity.Positions.Position;
import aramaki.server.timeline.EventStore.RawLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the signed key log says of one log: where it stood whenever the log key was replaced.
// Whoever
/// stole a key that was replaced can sign another past, but not this.
final class Promised {
    private record At(long epoch, long seq) {}

    private final List<Position> all;
    private final Map<At, String> seen = new HashMap<>();

    private Promised(List<Position> all) {
        this.all = all;
        all.forEach(p -> seen.put(new At(p.epoch(), p.seq()), ""));
    }

    static Promised of(RawLog log, LogKeys keys) {
        return new Promised(
                keys.retired().stream()
                        .flatMap(k -> k.validUpTo().of(log.system(), log.eventClass()).stream())
                        .toList());
    }

    void walked(long epoch, long seq, Hash hash) {
        if (!seen.isEmpty()) {
            seen.replace(new At(epoch, seq), hash.hex());
        }
    }

    /// What did not come as it was promised, by seq.
    Map<Long, String> broken() {
        var broken = new HashMap<Long, String>();
        for (var position : all) {
            String hash = seen.getOrDefault(new At(position.epoch(), position.seq()), "");
            if (hash.isEmpty()) {
                broken.put(
                        position.seq(),
                        "the key log says that the log went up to here: events are lost");
            } else if (!hash.equals(position.hash())) {
                broken.put(
                        position.seq(),
                        "the key log says that another event stood here: the log was rewritten");
            }
        }
        return broken;
    }
}
