package aramaki.server.system.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder whose subfolders are systems, as given by `--systems`. Hidden folders and plain files
/// in it are ignored.
public final class SystemsFolder {
    /// Short enough that two equal looks at a change fit into a second.
    public static final Duration POLL = Duration.ofMillis(300);

    private static final int POLLS_AFTER_FAILURE = 16;
    private static final Logger LOG = LoggerFactory.getLogger(SystemsFolder.class);

    private final Path folder;
    private final Duration poll;

    public SystemsFolder(Path folder) {
        this(folder, POLL);
    }

    SystemsFolder(Path folder, Duration poll) {
        this.folder = folder;
        this.poll = poll;
    }

    public Path folder() {
        return folder;
    }

    /// Reads everything as it is now.
    public Scan scan() {
        return new Settling(folder).look();
    }

    /// Tells `listener` about the folder at once, and then again after each change as soon as it
    /// has settled: a system counts when two looks in a row found the same. A listener that
    /// fails is told again after some seconds.
    public Watch watch(Consumer<Scan> listener) {
        var watch = new Watch(listener);
        watch.thread.start();
        return watch;
    }

    /// A running watch over the folder. Closing it waits until the listener has returned.
    public final class Watch implements AutoCloseable {
        private final Consumer<Scan> listener;
        /// Touched by the loop's thread only.
        private Optional<Scan> told = Optional.empty();

        private final CountDownLatch closed = new CountDownLatch(1);
        private final Thread thread =
                Thread.ofVirtual().name("systems-folder").unstarted(this::loop);

        private Watch(Consumer<Scan> listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            closed.countDown();
            if (Thread.currentThread() == thread) {
                return;
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void loop() {
            var settling = new Settling(folder);
            boolean went = step(settling::look);
            while (!closedAfter(went ? poll : poll.multipliedBy(POLLS_AFTER_FAILURE))) {
                went = step(settling::settled);
            }
        }

        /// Looks, and tells what is new. The edge of the loop: whatever flies here must not end it.
        private boolean step(Supplier<Scan> look) {
            try {
                var scan = look.get();
                if (!Optional.of(scan).equals(told)) {
                    listener.accept(scan);
                    told = Optional.of(scan);
                }
                return true;
            } catch (RuntimeException e) {
                LOG.error("taking over the systems folder failed; folder={}", folder, e);
                return false;
            }
        }

        private boolean closedAfter(Duration pause) {
            try {
                return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return true;
            }
        }
    }
}
