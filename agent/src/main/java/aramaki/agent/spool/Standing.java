package aramaki.agent.spool;

import org.jspecify.annotations.Nullable;

/// Where a spool stands.
///
/// @param first the oldest seq it still has, or `next` when it is empty
/// @param next the seq the next result gets
/// @param handedOut no result above this was ever read, so nobody else can know of one
/// @param pending results not yet on disk
/// @param trouble why it cannot write now; null when it can
public record Standing(
        String epoch,
        long first,
        long next,
        long acknowledged,
        long handedOut,
        long bytes,
        int pending,
        @Nullable String trouble) {}
