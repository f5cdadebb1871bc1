package aramaki.agent.spool;

import aramaki.agent.log.Log;
import aramaki.model.Refusal;
import aramaki.model.observation.Observation;
import aramaki.protocol.agent.AgentMessage.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Results on disk, in order, until the server has them. A result can be read only once it is
/// durable. One lock guards everything; the writer alone touches the growing file without it.
public final class Spool implements AutoCloseable {
    private static final int BATCH = 500;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofMinutes(1);

    /// What comes next after a position.
    public sealed interface Next {
        /// Results without holes; never empty.
        record Some(List<Result> results) implements Next {}

        /// These seqs are gone for ever.
        record Missing(long from, long to) implements Next {}

        /// All was read.
        record Nothing() implements Next {}
    }

    /// A result under the seq it got.
    public record Numbered(long seq, Observation observation) {}

    /// Is told of results once they are on disk and before anybody can read them. While it throws,
    /// they count as not written.
    @FunctionalInterface
    public interface Witness {
        void durable(String epoch, List<Numbered> results) throws IOException;
    }

    private sealed interface Pending {
        record Taken(Observation observation) implements Pending {}

        /// Results that found no room; their seqs stay unused, so the server learns of the gap.
        record Lost(int count) implements Pending {}
    }

    private final SpoolFolder folder;
    private final Limits limits;
    private final InstantSource clock;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private Segments segments;
    private int pendingResults;
    private long acknowledged;
    private long handedOut;
    private long durableAtOpen;
    private boolean writing;
    private boolean closing;
    private @Nullable String trouble;
    private @Nullable Thread writer;
    private Runnable growth = () -> {};
    private Consumer<Observation> kept = _ -> {};
    private Witness witness = (_, _) -> {};

    private Spool(
            SpoolFolder folder, Segments segments, Limits limits, InstantSource clock, Log log) {
        this.folder = folder;
        this.segments = segments;
        this.limits = limits;
        this.clock = clock;
        this.log = log;
        this.handedOut = segments.next() - 1;
        this.durableAtOpen = segments.next() - 1;
    }

    /// Opens or makes the spool in that folder; refused while another process has it open.
    public static Spool open(Path path, Limits limits, InstantSource clock, Log log)
            throws IOException {
        var folder = SpoolFolder.lock(path);
        try {
            var spool = new Spool(folder, Segments.open(folder.current(), log), limits, clock, log);
            spool.writer = Thread.ofVirtual().name("spool").start(spool::writeUntilClosed);
            return spool;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// What to call when results became durable; it must not block.
    public void onGrowth(Runnable listener) {
        lock.lock();
        try {
            growth = listener;
        } finally {
            lock.unlock();
        }
    }

    /// What to tell of each result that became durable, before the stop ends too.
    public void onKept(Consumer<Observation> listener) {
        lock.lock();
        try {
            kept = listener;
        } finally {
            lock.unlock();
        }
    }

    /// Who sees results before anybody who reads them.
    public void onDurable(Witness first) {
        lock.lock();
        try {
            witness = first;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a result, soon to be durable.
    ///
    /// @return false when it could not be kept: the disk takes nothing and the memory is full
    public boolean append(Observation observation) {
        lock.lock();
        try {
            boolean taken = !closing && pendingResults < limits.maxPending();
            if (taken) {
                pending.addLast(new Pending.Taken(observation));
                pendingResults++;
            } else if (pending.peekLast() instanceof Pending.Lost(int count)) {
                pending.removeLast();
                pending.addLast(new Pending.Lost(count + 1));
            } else {
                pending.addLast(new Pending.Lost(1));
            }
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until all that was taken is durable.
    ///
    /// @return false when that took longer
    public boolean flush(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!pending.isEmpty() || writing) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    public Standing standing() {
        lock.lock();
        try {
            return new Standing(
                    folder.epoch(),
                    segments.first(),
                    segments.next(),
                    acknowledged,
                    handedOut,
                    segments.bytes(),
                    pendingResults,
                    trouble);
        } finally {
            lock.unlock();
        }
    }

    /// What follows from seq `from` on; nothing for an epoch that is over.
    public Next read(String epoch, long from, int maxResults, int maxBytes) {
        List<Frames.Frame> frames;
        long next;
        lock.lock();
        try {
            next = segments.next();
            if (!epoch.equals(folder.epoch()) || from >= next) {
                return new Next.Nothing();
            }
            frames = segments.read(from, maxResults, maxBytes);
            handedOut = Math.max(handedOut, frames.isEmpty() ? next - 1 : frames.getLast().seq());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the spool", e);
        } finally {
            lock.unlock();
        }
        if (frames.isEmpty()) {
            return new Next.Missing(from, next - 1);
        }
        long first = frames.getFirst().seq();
        return first > from ? new Next.Missing(from, first - 1) : parsed(frames);
    }

    private Next parsed(List<Frames.Frame> frames) {
        var results = new ArrayList<Result>(frames.size());
        for (var frame : frames) {
            try {
                results.add(Encoding.result(frame.json()));
            } catch (Refusal e) {
                log.warn("spool: a result cannot be read", "seq", frame.seq(), "why", e.text());
                break;
            }
        }
        long first = frames.getFirst().seq();
        return results.isEmpty() ? new Next.Missing(first, first) : new Next.Some(results);
    }

    /// The server has everything up to `seq`; whole segments below it go.
    public void dropTo(String epoch, long seq) {
        lock.lock();
        try {
            if (epoch.equals(folder.epoch())) {
                acknowledged = Math.max(acknowledged, Math.min(seq, segments.next() - 1));
                segments.dropTo(acknowledged);
            }
        } catch (IOException e) {
            log.warn("spool: cannot remove what the server has", "why", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /// Starts counting anew, because the server knows results of this epoch that this spool never
    /// gave away: it was set back. Results made since it was opened move along, older ones are the
    /// ones the server has.
    public String beginEpoch() throws IOException, InterruptedException {
        lock.lock();
        try {
            while (writing) {
                changed.await();
            }
            long from = Math.max(acknowledged, durableAtOpen) + 1;
            String old = folder.epoch();
            Segments begun = Segments.open(folder.begin(), log);
            begun.take(segments, from, limits.segmentBytes());
            segments.close();
            folder.adopt();
            segments = begun;
            acknowledged = 0;
            handedOut = 0;
            durableAtOpen = 0;
            log.warn("spool: began a new epoch", "old", old, "new", folder.epoch());
            return folder.epoch();
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilClosed() {
        try {
            for (var batch = take(); !batch.isEmpty(); batch = take()) {
                try {
                    store(batch);
                    recovered();
                    tell(batch);
                } catch (IOException e) {
                    putBack(batch, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Who fails to note it may count something twice, and nothing worse.
    private void tell(List<Pending> batch) {
        Consumer<Observation> listener;
        lock.lock();
        try {
            listener = kept;
        } finally {
            lock.unlock();
        }
        for (var one : batch) {
            if (one instanceof Pending.Taken(var observation)) {
                try {
                    listener.accept(observation);
                } catch (UncheckedIOException e) {
                    log.warn(
                            "spool: it cannot be noted that a result is kept",
                            "why",
                            e.getMessage());
                }
            }
        }
    }

    private List<Pending> take() throws InterruptedException {
        lock.lock();
        try {
            while (pending.isEmpty()) {
                if (closing) {
                    return List.of();
                }
                changed.await();
            }
            var batch = new ArrayList<Pending>();
            while (batch.size() < BATCH && !pending.isEmpty()) {
                batch.add(pending.removeFirst());
            }
            writing = true;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void store(List<Pending> batch) throws IOException {
        var out = new ByteArrayOutputStream();
        Instant spooled = clock.instant();
        long seq = standing().next();
        var numbered = new ArrayList<Numbered>(batch.size());
        for (var one : batch) {
            switch (one) {
                case Pending.Taken(var observation) -> {
                    Frames.put(out, seq, Encoding.json(seq, observation, spooled));
                    numbered.add(new Numbered(seq, observation));
                    seq++;
                }
                case Pending.Lost(int count) -> seq += count;
            }
        }
        if (out.size() > 0) {
            makeRoom(out.size());
            segments.write(out.toByteArray());
            witness().durable(standing().epoch(), numbered);
        }
        published(out.size(), seq, numbered.size());
    }

    private Witness witness() {
        lock.lock();
        try {
            return witness;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(int more) throws IOException {
        lock.lock();
        try {
            if (segments.activeBytes() >= limits.segmentBytes()) {
                segments.roll();
            }
            long gone = 0;
            while (segments.bytes() + more > limits.maxBytes() && segments.bytes() > 0) {
                if (segments.bytes() == segments.activeBytes()) {
                    segments.roll();
                }
                gone = segments.dropOldest();
            }
            if (gone > acknowledged) {
                log.warn("spool: full, dropped the oldest results", "to", gone);
            }
        } finally {
            lock.unlock();
        }
    }

    private void published(int bytes, long next, int results) {
        Runnable listener;
        lock.lock();
        try {
            segments.publish(bytes, next);
            pendingResults -= results;
            writing = false;
            listener = growth;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    private void recovered() {
        lock.lock();
        try {
            if (trouble != null) {
                trouble = null;
                log.info("spool: writes again");
            }
        } finally {
            lock.unlock();
        }
    }

    private void putBack(List<Pending> batch, IOException why) throws InterruptedException {
        lock.lock();
        try {
            if (trouble == null) {
                log.error("spool: cannot write; keeping what is there", "why", why.getMessage());
            }
            trouble = String.valueOf(why.getMessage());
            for (int i = batch.size() - 1; i >= 0; i--) {
                pending.addFirst(batch.get(i));
            }
            writing = false;
            if (!segments.undo()) {
                rollAfterFailure();
            }
            changed.signalAll();
            long left = RETRY.toNanos();
            while (left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
            if (closing) {
                log.error("spool: results are lost with this stop", "count", pendingResults);
                pending.clear();
                pendingResults = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private void rollAfterFailure() {
        try {
            segments.roll();
        } catch (IOException e) {
            log.warn("spool: cannot begin a new segment either", "why", e.getMessage());
        }
    }

    /// Writes what is left, as far as the disk takes it.
    @Override
    public void close() throws IOException {
        Thread running;
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
            running = writer;
        } finally {
            lock.unlock();
        }
        try {
            if (running != null && !running.join(STOP)) {
                log.error("spool: the disk does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        segments.close();
        folder.close();
    }
}
