package aramaki.agent.spool;

/// How much a spool may hold.
///
/// @param maxBytes on disk; beyond it the oldest segment goes
/// @param segmentBytes after which a new segment begins
/// @param maxPending results kept in memory while the disk takes none
public record Limits(long maxBytes, int segmentBytes, int maxPending) {
    public static final Limits DEFAULT = new Limits(64L << 20, 1 << 20, 2000);
}
