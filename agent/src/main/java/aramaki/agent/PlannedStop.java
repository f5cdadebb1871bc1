package aramaki.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A stop asked for by a signal or by the end of the parent. After a signal the exit code is 0,
/// which the JVM alone would not give.
final class PlannedStop {
    private static final long LIMIT_SECONDS = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    PlannedStop() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onExit, "stop"));
    }

    private void onExit() {
        boolean signalled = done.getCount() > 0;
        asked.countDown();
        try {
            boolean clean = done.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (signalled) {
                System.err.flush();
                Runtime.getRuntime().halt(clean ? AgentMain.DONE : AgentMain.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void whenEnds(InputStream parent) {
        Thread.ofPlatform()
                .daemon()
                .name("parent")
                .start(
                        () -> {
                            try {
                                parent.transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                // Unreadable is as good as ended.
                            }
                            asked.countDown();
                        });
    }

    /// Waits so long for the wish to stop.
    boolean asked(Duration wait) throws InterruptedException {
        return asked.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    void done() {
        done.countDown();
    }
}
