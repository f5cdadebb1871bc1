package aramaki.server.store;

/// One unit of work against the store. Ports take it; only their implementations look inside.
public interface Tx {
    /// Runs `action` once the unit is durable, in the order of commits; never when it failed. Must
    /// be quick: everybody who waits for the same commit waits for it too.
    void afterCommit(Runnable action);
}
