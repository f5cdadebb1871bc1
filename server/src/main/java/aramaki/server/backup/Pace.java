package aramaki.server.backup;

import aramaki.model.Refusal;
import java.util.concurrent.locks.LockSupport;

/// How fast a backup may write, so that those who work meanwhile hardly notice.
public interface Pace {
    /// As fast as it goes: nobody else is there.
    Pace FREE = bytes -> {};

    /// So much was written; returns when more may be.
    void wrote(long bytes);

    /// At most so many bytes a second, measured from the last piece.
    static Pace atMost(long bytesPerSecond) {
        return new Pace() {
            private long free = System.nanoTime();

            @Override
            public void wrote(long bytes) {
                free = Math.max(free, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
                for (long left = free - System.nanoTime();
                        left > 0;
                        left = free - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                    if (Thread.currentThread().isInterrupted()) {
                        throw Refusal.unavailable("stopping", "this server is stopping");
                    }
                }
            }
        };
    }
}
