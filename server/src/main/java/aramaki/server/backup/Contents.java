package aramaki.server.backup;

/// The store as a whole, for carrying it elsewhere; without a word of what its tables mean.
public interface Contents extends AutoCloseable {
    /// Everything as it is at one moment, whatever is written meanwhile.
    Snapshot snapshot();

    /// Puts rows into tables that hold nothing; all of them are there together or none.
    Filling fill();

    @Override
    void close();
}
