package aramaki.server.backup;

import aramaki.server.store.Store;

/// A place where a store is, or can be made.
public interface Site {
    /// The number of the newest schema that this program knows.
    int newestSchema();

    /// What is there now.
    Contents contents();

    /// Makes an empty store of this schema; where there is one already, it stays.
    Contents make(int schema);

    /// Brings it up to date and opens it for work.
    Store open();
}
