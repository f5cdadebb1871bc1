package aramaki.agent.ledger;

import aramaki.agent.link.Witness;
import aramaki.agent.spool.Spool;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A ledger that is being written. That a result was made is on disk before anybody can send it;
/// what many agents say meanwhile shares one write. When the disk does not take it, it is over: a
/// ledger with holes would accuse the wrong one.
public final class Ledger implements AutoCloseable {
    private final FileChannel channel;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Book.Check, Integer> checks = new HashMap<>();
    private final Map<String, Integer> spools = new HashMap<>();
    private final Map<String, Long> lastMade = new HashMap<>();
    private final Thread writer;
    private StringBuilder pending = new StringBuilder();
    private long taken;
    private long durable;
    private boolean closing;
    private @Nullable IOException trouble;

    private Ledger(FileChannel channel, InstantSource clock) {
        this.channel = channel;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("ledger").unstarted(this::writeUntilClosed);
    }

    /// Begins a ledger, or goes on with the one that is there; refused while somebody else writes
    /// it.
    ///
    /// @param ttl how long a check of this run may be silent
    public static Ledger open(Path file, Duration ttl, InstantSource clock) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(channel, file);
            var ledger = new Ledger(channel, clock);
            ledger.goOn(file);
            ledger.begin(ttl);
            ledger.writer.start();
            return ledger;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        boolean ours;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            ours = false; // this very process writes it
        }
        if (!ours) {
            throw Refusal.conflict("ledger-in-use", file + " is being written by another");
        }
    }

    private void begin(Duration ttl) {
        lock.lock();
        try {
            add(new Line.Run(clock.instant().toEpochMilli(), ttl.toMillis()));
        } finally {
            lock.unlock();
        }
    }

    private void goOn(Path file) throws IOException {
        if (Files.size(file) == 0) {
            pending.append(Line.HEADER).append('\n');
            return;
        }
        var book = Book.read(file);
        channel.truncate(book.bytes());
        channel.position(book.bytes());
        for (var check : book.checks()) {
            checks.put(check, checks.size() + 1);
        }
        for (var pages : book.spools()) {
            String spool = pages.agent() + " " + pages.epoch();
            spools.put(spool, spools.size() + 1);
            lastMade.put(spool, pages.last());
        }
    }

    /// Follows one agent.
    ///
    /// @param then is told too
    public Witness of(String agent, Witness then) {
        return new Following(agent, then);
    }

    /// Why nothing more is written; null while all is well.
    public @Nullable String trouble() {
        lock.lock();
        try {
            return trouble == null ? null : String.valueOf(trouble.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void add(Line line) {
        pending.append(line.text()).append('\n');
        taken++;
        changed.signalAll();
    }

    private void made(String agent, String epoch, List<Spool.Numbered> results) throws IOException {
        lock.lock();
        try {
            int spool = spool(agent, epoch);
            for (var one : results) {
                var seen = one.observation();
                long finished = seen.finished().toEpochMilli();
                add(new Line.Made(spool, one.seq(), check(seen.key()), seen.state(), finished));
            }
            awaitDurable(taken);
        } finally {
            lock.unlock();
        }
    }

    /// What a kill left in the spool and not here was made too.
    private void catchUp(String agent, Spool spool) throws IOException {
        var standing = spool.standing();
        String epoch = standing.epoch();
        lock.lock();
        try {
            int number = spool(agent, epoch);
            long next =
                    Math.max(standing.first(), lastMade.getOrDefault(agent + " " + epoch, 0L) + 1);
            while (true) {
                switch (spool.read(epoch, next, 500, 1 << 20)) {
                    case Spool.Next.Nothing() -> {
                        awaitDurable(taken);
                        return;
                    }
                    case Spool.Next.Missing(_, long to) -> next = to + 1;
                    case Spool.Next.Some(var results) -> {
                        for (var result : results) {
                            var key = CheckKey.of(result.system(), result.entity(), result.check());
                            add(
                                    new Line.Made(
                                            number,
                                            result.seq(),
                                            check(key),
                                            State.ofWord(result.state()),
                                            result.finished().toEpochMilli()));
                        }
                        next = results.getLast().seq() + 1;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void later(String agent, String epoch, IntFunction<Line> line) {
        lock.lock();
        try {
            if (trouble == null) {
                add(line.apply(spool(agent, epoch)));
            }
        } finally {
            lock.unlock();
        }
    }

    private int spool(String agent, String epoch) {
        return spools.computeIfAbsent(
                agent + " " + epoch,
                _ -> {
                    int number = spools.size() + 1;
                    add(new Line.Spool(number, agent, epoch));
                    return number;
                });
    }

    private int check(CheckKey key) {
        return checks.computeIfAbsent(
                new Book.Check(key.system().value(), key.check().value()),
                check -> {
                    int number = checks.size() + 1;
                    add(new Line.Check(number, check.system(), check.name()));
                    return number;
                });
    }

    private void awaitDurable(long ticket) throws IOException {
        while (durable < ticket && trouble == null) {
            changed.awaitUninterruptibly();
        }
        if (durable < ticket) {
            throw new IOException("the ledger cannot be written: " + trouble());
        }
    }

    private void writeUntilClosed() {
        try {
            while (true) {
                String text;
                long ticket;
                lock.lock();
                try {
                    while (pending.isEmpty() && !closing) {
                        changed.awaitUninterruptibly();
                    }
                    if (pending.isEmpty()) {
                        return;
                    }
                    text = pending.toString();
                    pending = new StringBuilder();
                    ticket = taken;
                } finally {
                    lock.unlock();
                }
                write(text);
                written(ticket);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void write(String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    private void written(long ticket) {
        lock.lock();
        try {
            durable = ticket;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void failed(IOException why) {
        lock.lock();
        try {
            trouble = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }

    /// What one agent does goes into the ledger under its name.
    private final class Following implements Witness {
        private final String agent;
        private final Witness then;

        Following(String agent, Witness then) {
            this.agent = agent;
            this.then = then;
        }

        @Override
        public void opened(Spool spool) throws IOException {
            catchUp(agent, spool);
            then.opened(spool);
        }

        @Override
        public void durable(String epoch, List<Spool.Numbered> results) throws IOException {
            made(agent, epoch, results);
            then.durable(epoch, results);
        }

        @Override
        public void acknowledged(String epoch, long seq, List<Instant> spooled) {
            long now = clock.instant().toEpochMilli();
            later(agent, epoch, spool -> new Line.Acked(spool, seq, now));
            then.acknowledged(epoch, seq, spooled);
        }

        @Override
        public void gap(String epoch, long from, long to) {
            later(agent, epoch, spool -> new Line.Gap(spool, from, to));
            then.gap(epoch, from, to);
        }
    }
}
