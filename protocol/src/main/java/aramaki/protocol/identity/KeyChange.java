package aramaki.protocol.identity;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry of a key log, as it was said. Each kind has an envelope type of its own, so that no
/// signature under one can be taken for another.
public sealed interface KeyChange extends Json.Whole {
    /// Format, 1.
    int v();

    /// From 1, without holes.
    long seq();

    /// Hash of the entry before; of the genesis for the first.
    String prev();

    Instant at();

    /// A purpose gets its first key. Signed by it, and by the log key or enough recovery keys.
    record Add(int v, long seq, String prev, Instant at, String purpose, String key)
            implements KeyChange {}

    /// A purpose gets another key. Signed by it, and by the one it replaces or enough recovery
    // keys.
    ///
    /// @param validUpTo digest of the `Positions` up to which the old key's heads hold; only of log
    ///     keys
    record Rotate(
            int v,
            long seq,
            String prev,
            Instant at,
            String purpose,
            String key,
            String replaces,
            @Nullable String validUpTo)
            implements KeyChange {}

    /// Other recovery keys. Signed by enough of the old and enough of the new ones.
    record RotateRecovery(
            int v,
            long seq,
            String prev,
            Instant at,
            List<String> recoveryKeys,
            int recoveryThreshold)
            implements KeyChange {
        public RotateRecovery {
            recoveryKeys = List.copyOf(recoveryKeys);
        }
    }

    /// What each kind is signed as.
    Map<String, Class<? extends KeyChange>> TYPES =
            Map.of(
                    "application/vnd.aramaki.key-add.v1+json", Add.class,
                    "application/vnd.aramaki.key-rotate.v1+json", Rotate.class,
                    "application/vnd.aramaki.key-rotate-recovery.v1+json", RotateRecovery.class);

    /// The type of this one's envelope.
    default String type() {
        return switch (this) {
            case Add _ -> "application/vnd.aramaki.key-add.v1+json";
            case Rotate _ -> "application/vnd.aramaki.key-rotate.v1+json";
            case RotateRecovery _ -> "application/vnd.aramaki.key-rotate-recovery.v1+json";
        };
    }

    /// What an envelope claims; `KeyLog` says whether it is so.
    static KeyChange read(Envelope envelope) {
        var kind = TYPES.get(envelope.t());
        if (kind == null) {
            throw KeyLogFault.FORMAT.refusal("no entry of a key log is a " + envelope.t());
        }
        try {
            var change = Json.complete(Json.read(envelope.body(), kind));
            if (change.v() == 1) {
                return change;
            }
        } catch (Refusal e) {
            throw KeyLogFault.FORMAT.refusal("an entry of the key log is damaged: " + e.text());
        }
        throw KeyLogFault.FORMAT.refusal("an entry of the key log is of another version than 1");
    }
}
