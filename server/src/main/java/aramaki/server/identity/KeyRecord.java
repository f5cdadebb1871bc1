package aramaki.server.identity;

import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.identity.Positions;
import aramaki.protocol.identity.Positions.Position;
import aramaki.server.timeline.By;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An entry of the key log as it lies in the data directory: what everybody may read, and beside it
/// what belongs to it and stays here.
///
/// @param validUpTo what the entry has the digest of; null where it has none
/// @param actor who did it, as the log of the instance names them
/// @param grant the event that admitted them; null for the instance itself
/// @param who their name
record KeyRecord(
        Envelope entry,
        @Nullable List<Position> validUpTo,
        String actor,
        @Nullable String grant,
        String who)
        implements Json.Whole {
    KeyRecord {
        validUpTo = validUpTo == null ? null : List.copyOf(validUpTo);
    }

    By by() {
        return new By(actor, Optional.ofNullable(grant).map(Hash::new));
    }

    Positions positions() {
        return validUpTo == null ? Positions.NONE : new Positions(validUpTo);
    }
}
