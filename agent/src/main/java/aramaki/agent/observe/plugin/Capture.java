package aramaki.agent.observe.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// The beginning of a stream, drained to its end by a thread of its own. The lock is this object;
/// what was read can be had while a reader still waits for more.
final class Capture {
    private final int keep;
    private final long limit;
    private final Runnable overflow;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long total;

    /// Keeps `keep` bytes; calls `overflow` once when more than `limit` have come.
    Capture(int keep, long limit, Runnable overflow) {
        this.keep = keep;
        this.limit = limit;
        this.overflow = overflow;
    }

    Thread drain(InputStream stream) {
        return Thread.ofVirtual().name("plugin output").start(() -> read(stream));
    }

    private void read(InputStream stream) {
        var buffer = new byte[8192];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                if (take(buffer, n)) {
                    overflow.run();
                }
            }
        } catch (IOException e) {
            // The stream was closed under us, as the run is over: there is no more to read.
            return;
        }
    }

    private synchronized boolean take(byte[] buffer, int n) {
        boolean before = total > limit;
        kept.write(buffer, 0, Math.min(n, keep - kept.size()));
        total += n;
        return !before && total > limit;
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    synchronized boolean cut() {
        return total > keep;
    }

    synchronized boolean overflowed() {
        return total > limit;
    }
}
