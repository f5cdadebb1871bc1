package aramaki.server.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks, each on a thread of its own, until stopped.
public final class Tasks {
    private static final Logger log = LoggerFactory.getLogger(Tasks.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private static final int MAX_ERROR = 200;

    private final InstantSource clock;
    private final List<Loop> loops = new CopyOnWriteArrayList<>();

    public Tasks(InstantSource clock) {
        this.clock = clock;
    }

    /// How a task fares.
    ///
    /// @param failures in a row, up to now
    /// @param error what the last failure said; empty after a success
    /// @param runningSince when the run began that is under way
    public record Outcome(String task, int failures, String error, Optional<Instant> runningSince) {
        Outcome begun(Instant now) {
            return new Outcome(task, failures, error, Optional.of(now));
        }

        Outcome succeeded() {
            return new Outcome(task, 0, "", Optional.empty());
        }

        Outcome failed(RuntimeException e) {
            String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            String line = words.lines().findFirst().orElse("");
            return new Outcome(
                    task,
                    failures + 1,
                    line.substring(0, Math.min(MAX_ERROR, line.length())),
                    Optional.empty());
        }
    }

    /// How each task fares that was started.
    public List<Outcome> outcomes() {
        return loops.stream().map(loop -> loop.outcome).toList();
    }

    /// Starts a task; the result pokes it to run at once.
    public Runnable start(Task task) {
        var loop = new Loop(task);
        loops.add(loop);
        loop.thread.start();
        return loop::poke;
    }

    /// Stops all, the last started first, each after it ended what it was doing.
    public void stop() {
        for (var loop : loops.reversed()) {
            loop.stop();
        }
        loops.clear();
    }

    private final class Loop implements Runnable {
        private final Task task;
        private final Thread thread;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition woken = lock.newCondition();
        private volatile Outcome outcome;
        private boolean poked;
        private boolean stopping;

        Loop(Task task) {
            this.task = task;
            this.outcome = new Outcome(task.name(), 0, "", Optional.empty());
            this.thread = Thread.ofVirtual().name("task-" + task.name()).unstarted(this);
        }

        void poke() {
            lock.lock();
            try {
                poked = true;
                woken.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void stop() {
            lock.lock();
            try {
                stopping = true;
                woken.signalAll();
            } finally {
                lock.unlock();
            }
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            while (true) {
                var pause = runOnce();
                if (!await(pause)) {
                    return;
                }
            }
        }

        private Duration runOnce() {
            var now = clock.instant();
            outcome = outcome.begun(now);
            try {
                var pause = task.run(now);
                outcome = outcome.succeeded();
                return pause;
            } catch (RuntimeException e) { // a task loop's edge: log it, go on later
                log.atError().setCause(e).addKeyValue("task", task.name()).log("task failed");
                outcome = outcome.failed(e);
                return AFTER_FAILURE;
            }
        }

        /// Waits for the pause or a poke; false when stopping.
        private boolean await(Duration pause) {
            lock.lock();
            try {
                long nanos = pause.toNanos();
                while (!poked && !stopping && nanos > 0) {
                    nanos = woken.awaitNanos(nanos);
                }
                poked = false;
                return !stopping;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }
    }
}
