package aramaki.server.audit;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who asked for what and from where. No request waits for it: what is asked stands in a bounded
/// queue until the next batch is written. What finds the queue full is counted as lost; looks find
/// it full earlier than acts, so that a flood of looks costs no act its address.
public final class AccessLog implements Task {
    /// How many requests may wait.
    static final int QUEUE = 8192;

    /// How many may wait when looks are turned away.
    static final int QUEUE_FOR_LOOKS = 6144;

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 500;
    private static final int BATCHES = 1 + QUEUE / BATCH;
    private static final int GOING_ON = 2000;

    private final Store store;
    private final AccessLogStore entries;
    private final Function<Map<String, String>, Optional<String>> systemOf;
    private final InstantSource clock;
    private final BlockingQueue<Asked> waiting = new ArrayBlockingQueue<>(QUEUE);
    private final ReentrantLock writing = new ReentrantLock();
    // Only touched with the lock:
    private final Map<Long, AccessEntry> unsaved = new LinkedHashMap<>();
    private final Map<Sameness, AccessEntry> goingOn = new LinkedHashMap<>();
    private long lastId = -1;
    private volatile Lost lost = Lost.NOTHING;

    /// What did not fit since the start.
    ///
    /// @param acts requests that changed something, or tried to
    /// @param last when the last one was lost
    public record Lost(long looks, long acts, Instant last) {
        static final Lost NOTHING = new Lost(0, 0, Instant.EPOCH);

        public long all() {
            return looks + acts;
        }

        Lost one(boolean act, Instant at) {
            return new Lost(looks + (act ? 0 : 1), acts + (act ? 1 : 0), at);
        }
    }

    /// What two looks share that are told in one line.
    private record Sameness(
            String person,
            String credential,
            Optional<Hash> grant,
            String address,
            String path,
            Map<String, String> parameters,
            List<String> filters,
            int status) {
        static Sameness of(Asked asked) {
            return new Sameness(
                    asked.person(),
                    asked.credential(),
                    asked.grant(),
                    asked.address(),
                    asked.path(),
                    asked.parameters(),
                    asked.filters(),
                    asked.status());
        }
    }

    /// @param systemOf the system that the parameters of a path speak of
    public AccessLog(
            Store store,
            AccessLogStore entries,
            Function<Map<String, String>, Optional<String>> systemOf,
            InstantSource clock) {
        this.store = store;
        this.entries = entries;
        this.systemOf = systemOf;
        this.clock = clock;
    }

    /// Takes a request in; never waits.
    public void take(Asked asked) {
        boolean full = asked.looks() && waiting.size() >= QUEUE_FOR_LOOKS;
        if (full || !waiting.offer(asked)) {
            lose(asked);
        }
    }

    private synchronized void lose(Asked asked) {
        if (lost.all() == 0) {
            log.atWarn().addKeyValue("waiting", waiting.size()).log("access log overflows");
        }
        lost = lost.one(asked.acts(), clock.instant());
    }

    public Lost lost() {
        return lost;
    }

    @Override
    public String name() {
        return "access-log";
    }

    @Override
    public Duration run(Instant now) {
        settle();
        return PAUSE;
    }

    /// Writes what waits, so that who reads next sees it. Where the store takes no writes it goes
    /// on waiting, and the store itself says what is wrong.
    public void settle() {
        try {
            write();
        } catch (Refusal e) {
            if (e.reason() != Refusal.Reason.UNAVAILABLE) {
                throw e;
            }
        }
    }

    private void write() {
        writing.lock();
        try {
            if (lastId < 0) {
                lastId = store.read(entries::lastId);
            }
            for (int i = 0; i < BATCHES && writeSome(); i++) {
                // as much as waited when it began, and no more: requests come in all the time
            }
        } finally {
            writing.unlock();
        }
    }

    /// Whether there was anything. What could not be written is tried again before anything else,
    /// and writing a line twice leaves it as it is.
    private boolean writeSome() {
        if (unsaved.isEmpty()) {
            gather();
        }
        if (unsaved.isEmpty()) {
            return false;
        }
        var now = List.copyOf(unsaved.values()); // the writer may come to it after we gave up
        store.write(
                tx -> {
                    now.forEach(entry -> entries.save(tx, entry));
                    return true;
                });
        unsaved.clear();
        return true;
    }

    private void gather() {
        for (int i = 0; i < BATCH; i++) {
            var asked = waiting.peek();
            if (asked == null) {
                return;
            }
            var entry = entry(asked); // may be refused; then it goes on waiting
            unsaved.put(entry.id(), entry);
            waiting.poll();
        }
    }

    private AccessEntry entry(Asked asked) {
        if (!asked.looks()) {
            return added(asked);
        }
        var same = Sameness.of(asked);
        var before = goingOn.remove(same);
        var entry =
                before != null && before.goesOn(asked.at())
                        ? before.again(asked.at())
                        : added(asked);
        goingOn.put(same, entry); // at the end: the first is the one that was longest quiet
        if (goingOn.size() > GOING_ON) {
            goingOn.remove(goingOn.keySet().iterator().next());
        }
        return entry;
    }

    private AccessEntry added(Asked asked) {
        String system = systemOf.apply(asked.parameters()).orElse("");
        return AccessEntry.of(++lastId, asked, system);
    }
}
