package aramaki.server.backup;

import java.time.Instant;
import java.util.Optional;

/// That this instance went back to a backup.
///
/// @param epoch that its logs began with it
/// @param backup digest of the content that was restored
/// @param confirmed when a person said that what is missing was looked at; until then it is
///     recovering
public record Restoration(
        long epoch,
        String backup,
        Instant takenAt,
        Instant restoredAt,
        Optional<Instant> confirmed) {}
