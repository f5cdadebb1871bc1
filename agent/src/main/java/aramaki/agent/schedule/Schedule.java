package aramaki.agent.schedule;

import aramaki.agent.log.Log;
import aramaki.agent.observe.Observed;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Observation;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The checks of this agent, run when they are due, some at once and no more. Works alike with and
/// without a server. One lock guards the plan; runs happen outside it.
public final class Schedule implements AutoCloseable {
    public static final int AT_ONCE = 8;

    /// The plan is looked at this often even when nothing is due, which is how a jump of the clock
    /// is noticed.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration END = Duration.ofSeconds(2);

    private final Runner runner;
    private final Consumer<Observation> results;
    private final int atOnce;
    private final InstantSource clock;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Plan plan;
    private final Set<Thread> runs = new HashSet<>();
    private boolean held;
    private boolean closed;
    private boolean poked;

    /// @param agent the agent's name, part of the splay
    /// @param results takes each result; must not block
    public Schedule(
            String agent,
            Runner runner,
            Consumer<Observation> results,
            int atOnce,
            InstantSource clock,
            Log log) {
        this.plan = new Plan(agent, why -> log.error("schedule: cannot be read", "check", why));
        this.runner = runner;
        this.results = results;
        this.atOnce = atOnce;
        this.clock = clock;
        this.log = log;
    }

    public void start() {
        Thread.ofVirtual().name("schedule").start(this::loop);
    }

    /// Takes the list from before this agent started again.
    public void resume(List<Assignment> assignments) {
        replace(assignments, true);
    }

    /// Takes a whole new list of checks. One with names that are none is left out, and said.
    public void replace(List<Assignment> assignments) {
        replace(assignments, false);
    }

    private void replace(List<Assignment> assignments, boolean known) {
        Map<CheckKey, Assignment> wanted = new LinkedHashMap<>();
        for (var one : assignments) {
            try {
                wanted.put(CheckKey.of(one.system(), one.entity(), one.check()), one);
            } catch (Refusal e) {
                log.warn("schedule: a check cannot be used", "why", e.text());
            }
        }
        lock.lock();
        try {
            plan.replace(wanted, clock.instant(), known);
            wake();
        } finally {
            lock.unlock();
        }
    }

    /// Runs a check once, now, for each of its entities.
    public void runNow(String system, String check) {
        lock.lock();
        try {
            if (plan.runNow(system, check, clock.instant()) == 0) {
                log.warn("schedule: no such check to run", "system", system, "check", check);
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /// Runs nothing but what is asked for, until it is told to go on.
    public void hold(boolean wanted) {
        lock.lock();
        try {
            if (held && !wanted) {
                plan.resume(clock.instant());
            }
            if (held != wanted) {
                held = wanted;
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    public int size() {
        lock.lock();
        try {
            return plan.size();
        } finally {
            lock.unlock();
        }
    }

    public int running() {
        lock.lock();
        try {
            return runs.size();
        } finally {
            lock.unlock();
        }
    }

    /// Looks at the clock again at once.
    public void poke() {
        lock.lock();
        try {
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        poked = true;
        changed.signalAll();
    }

    private void loop() {
        lock.lock();
        try {
            while (!closed) {
                poked = false;
                var now = clock.instant();
                int most = atOnce - runs.size();
                for (var due : held ? plan.takeAsked(now, most) : plan.take(now, most)) {
                    var run = Thread.ofVirtual().name("check").unstarted(() -> run(due));
                    runs.add(run);
                    run.start();
                }
                if (!poked) {
                    await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void await() throws InterruptedException {
        var wait = LOOK;
        var next = plan.next();
        if (!held && runs.size() < atOnce && next.isPresent()) {
            var left = Duration.between(clock.instant(), next.get());
            wait = left.compareTo(LOOK) < 0 ? left : LOOK;
        }
        long nanos = Math.max(wait.toNanos(), 1_000_000);
        while (nanos > 0 && !poked && !closed) {
            nanos = changed.awaitNanos(nanos);
        }
    }

    private void run(Plan.Due due) {
        try {
            runOnce(due);
        } finally {
            lock.lock();
            try {
                runs.remove(Thread.currentThread());
                changed.signalAll();
                wake();
            } finally {
                lock.unlock();
            }
        }
    }

    private void runOnce(Plan.Due due) {
        long begun = System.nanoTime();
        var outcome = outcome(due.assignment());
        var took = Duration.ofNanos(System.nanoTime() - begun);
        boolean wanted;
        lock.lock();
        try {
            if (closed || outcome == null) {
                return;
            }
            wanted = plan.finished(due, outcome.state(), clock.instant());
        } finally {
            lock.unlock();
        }
        if (wanted) {
            results.accept(observation(due, outcome, took));
        } else {
            runner.lost(due.key(), outcome.started());
        }
    }

    /// Times of one clock: where it was set during the run, what came before is told by the new
    /// one. Nothing is ever due after it began.
    private static Observation observation(Plan.Due due, Observed outcome, Duration took) {
        var finished = outcome.finished();
        var started = outcome.started();
        var off = Duration.between(started, finished).minus(took).abs();
        if (started.isAfter(finished) || off.compareTo(Plan.JUMP) > 0) {
            started = finished.minus(took);
        }
        return new Observation(
                due.key(),
                outcome.state(),
                outcome.output(),
                outcome.metrics(),
                due.due().isAfter(started) ? started : due.due(),
                started,
                finished);
    }

    /// A run that fails by our own fault still gives a result: a check must not fall silent.
    private @Nullable Observed outcome(Assignment assignment) {
        Instant started = clock.instant();
        try {
            return runner.run(assignment);
        } catch (InterruptedException e) {
            return null;
        } catch (RuntimeException e) {
            log.error("schedule: a run failed", "check", assignment.check(), "why", e);
            return new Observed(
                    State.UNKNOWN,
                    "the agent could not run this check: " + e,
                    List.of(),
                    started,
                    clock.instant());
        }
    }

    /// Starts nothing more and ends what runs; unfinished runs give no result, and no result comes
    /// once it has returned.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            runs.forEach(Thread::interrupt);
            long left = END.toNanos();
            while (!runs.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
