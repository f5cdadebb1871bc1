package aramaki.server.store;

/// Something that is wrong with the file of a store.
///
/// @param what in one line, with the table
public record Damage(Hit hit, String what) {
    /// What it costs.
    public enum Hit {
        /// Indexes, and tables that are folded from the logs: they can be made anew.
        PROJECTIONS,
        /// What was observed, or who may: what is hit is lost, and the rest can be saved.
        OTHER,
        /// The logs, or the whole file: only a backup helps.
        LOGS
    }
}
