package aramaki.server.sql;

import org.jdbi.v3.core.Handle;

/// The one connection that writes, as its database needs it. Only the writer thread uses it.
interface Writing extends AutoCloseable {
    /// A connection that may write now, made anew if the last one is lost. A refusal says why there
    /// is none.
    Handle ready();

    /// The first thing in every transaction.
    void mark(Handle handle);

    /// The transaction that was marked last is durable.
    void committed();

    /// Whether the connection is gone, after something failed. What became of a commit that failed
    /// so is not known before the next `ready`.
    boolean lost(Handle handle);

    /// Whether the transaction that was marked last is durable.
    boolean kept();

    /// What a failure of this database is called towards callers, of writes and of reads.
    RuntimeException told(RuntimeException failure);

    /// Looks after the connection while there is nothing to write.
    void tend();

    @Override
    void close();
}
