package aramaki.agent.discover;

import aramaki.agent.log.Log;
import aramaki.agent.policy.HostPolicy;
import aramaki.agent.schedule.Runner;
import aramaki.protocol.agent.AgentMessage.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at the host once at the start, every hour, and when asked, and tells what it found when
/// that differs from what it told before.
public final class Discovery implements AutoCloseable {
    private static final Duration EVERY = Duration.ofHours(1);
    /// Between two looks, however often somebody asks.
    private static final Duration REST = Duration.ofSeconds(2);

    private final Host host;
    private final List<Look> looks;
    private final Trial trial;
    private final Consumer<Found> tell;
    private final Log log;
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;

    Discovery(Host host, List<Look> looks, Trial trial, Consumer<Found> tell, Log log) {
        this.host = host;
        this.looks = List.copyOf(looks);
        this.trial = trial;
        this.tell = tell;
        this.log = log;
    }

    /// Looks at this host, and tries what it finds as its checks are run.
    public static Discovery here(HostPolicy policy, Runner runner, Consumer<Found> tell, Log log) {
        return new Discovery(Host.here(), looks(), new Trial(policy, runner), tell, log);
    }

    /// What matters most comes first, as there may be more than can be told.
    static List<Look> looks() {
        return List.of(new Nginx(), new Ports(), new FileSystems(), new Basics());
    }

    public void start() {
        thread = Thread.ofVirtual().name("discovery").start(this::loop);
    }

    /// Looks again at once.
    public void lookAgain() {
        wanted.release();
    }

    @Override
    public void close() {
        stopped.countDown();
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void loop() {
        try {
            do {
                lookOnce();
                if (stopped.await(REST.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                boolean asked = wanted.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (asked) {
                    wanted.drainPermits();
                }
            } while (stopped.getCount() > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() throws InterruptedException {
        try {
            tell.accept(look());
        } catch (
                RuntimeException e) { // the loop's edge: what one host holds must not end the agent
            log.error("discovery: failed", "why", e);
        }
    }

    /// What is on the host now.
    Found look() throws InterruptedException {
        var candidates = new LinkedHashMap<String, Candidate>();
        for (var look : looks) {
            look.at(host).forEach(c -> candidates.putIfAbsent(c.id(), c));
        }
        var first = new ArrayList<>(candidates.values());
        return Telling.found(trial.of(first.subList(0, Math.min(first.size(), Trial.MOST))));
    }
}
