package aramaki.dist;

import java.util.concurrent.CountDownLatch;

/// Ctrl-C or SIGTERM: wakes whoever waits for it, and keeps the process alive until all is stopped.
final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    StopSignal() {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("stop")
                                .unstarted(
                                        () -> {
                                            asked.countDown();
                                            awaitQuietly(finished);
                                        }));
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /// Everything is stopped; the process may end.
    void done() {
        finished.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
