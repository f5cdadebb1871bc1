package aramaki.protocol.identity;

import aramaki.protocol.crypto.PublicKey;
import java.util.List;

/// Which keys may have signed what a log said: the one of now, and those before it up to where they
/// were replaced.
///
/// @param retired newest first
public record LogKeys(PublicKey current, List<Retired> retired) {
    public LogKeys {
        retired = List.copyOf(retired);
    }

    /// @param validUpTo where each log ended then; nothing it signed beyond that is believed
    public record Retired(PublicKey key, Positions validUpTo) {}

    /// An instance that never replaced its log key.
    public static LogKeys only(PublicKey key) {
        return new LogKeys(key, List.of());
    }
}
