package aramaki.agent.link;

import aramaki.agent.log.Log;
import aramaki.agent.spool.Spool;
import aramaki.model.Refusal;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.identity.KeyLogFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The agent's way to its server: connects, talks, and tries again for as long as it lives. The
/// lock guards what other threads touch: the stop and the current channel.
public final class Link {
    private static final Set<String> ONLY_A_PERSON_CAN_HELP =
            Set.of(
                    "revoked",
                    "handshake-failed",
                    KeyLogFault.BEHIND.code(),
                    KeyLogFault.FORKED.code());

    private final HttpClient http;
    private final Identity me;
    private final KnownKeys known;
    private final HostFacts host;
    private final Spool spool;
    private final LinkListener listener;
    private final Timing timing;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Optional<AgentMessage.Found> found = Optional.empty();
    private AgentMessage.@Nullable Stopping stopping;
    private @Nullable Channel current;
    private @Nullable Thread thread;
    private LinkStatus status;
    private int failures;

    public Link(
            HttpClient http,
            Identity me,
            KnownKeys known,
            HostFacts host,
            Spool spool,
            LinkListener listener,
            Timing timing,
            InstantSource clock,
            RandomGenerator random,
            Log log) {
        this.http = http;
        this.me = me;
        this.known = known;
        this.host = host;
        this.spool = spool;
        this.listener = listener;
        this.timing = timing;
        this.clock = clock;
        this.random = random;
        this.log = log;
        this.status = new LinkStatus(false, clock.instant(), "", 0, null, null);
    }

    public void start() {
        spool.onGrowth(this::wake);
        thread = Thread.ofVirtual().name("link").start(this::loop);
    }

    public LinkStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /// What is on this host; the server is told when it does not know that yet.
    public void found(AgentMessage.Found latest) {
        found = Optional.of(latest);
        wake();
    }

    /// A planned stop: says so, sends what it can in a short time, and leaves.
    public void stop() {
        stop(new AgentMessage.Stopping("planned stop", null, null));
    }

    /// @param said what to say of it
    public void stop(AgentMessage.Stopping said) {
        lock.lock();
        try {
            stopping = said;
            changed.signalAll();
            if (current == null && thread != null) {
                // Nobody is there to whom the stop could be announced.
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        wake();
        try {
            var limit = timing.drain().plusSeconds(1);
            if (thread != null && !thread.join(limit)) {
                thread.interrupt();
                thread.join(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// There is something to tell.
    public void news() {
        wake();
    }

    private void wake() {
        lock.lock();
        try {
            if (current != null) {
                current.wake();
            }
        } finally {
            lock.unlock();
        }
    }

    private AgentMessage.@Nullable Stopping stopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        try {
            while (stopping() == null) {
                pause(connectOnce());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One connection, from its beginning to its end.
    ///
    /// @return how long to wait before the next
    private Duration connectOnce() throws InterruptedException {
        try {
            talk();
            ended(null);
            return Duration.ZERO;
        } catch (Refusal e) {
            ended(e.text());
            if (ONLY_A_PERSON_CAN_HELP.contains(e.code())) {
                log.error(
                        "link: refused", "server", me.server(), "code", e.code(), "why", e.text());
                return timing.refusedRetry();
            }
            log.warn("link: refused", "server", me.server(), "code", e.code(), "why", e.text());
            return backoff();
        } catch (IOException | UncheckedIOException e) {
            String why = String.valueOf(e.getMessage());
            boolean news = status().connected() || !why.equals(status().lastError());
            ended(why);
            if (news) {
                log.warn("link: no connection", "server", me.server(), "why", why);
            }
            return backoff();
        } catch (RuntimeException e) {
            ended(e.toString());
            log.error("link: failed", "server", me.server(), "why", e);
            return backoff();
        }
    }

    private void talk() throws IOException, InterruptedException {
        try (var channel = Channel.open(http, me.server(), timing)) {
            var welcome = Greeting.greet(channel, me, null, known, timing.greeting());
            opened(channel, welcome.name());
            var around =
                    new Conversation.Around(
                            spool, listening(), timing, clock, log, this::stopping, () -> found);
            var conversation = new Conversation(channel, around, welcome.heartbeatSeconds());
            try {
                conversation.run(ready());
            } finally {
                failures = conversation.useful() ? 0 : failures;
            }
        }
    }

    private AgentMessage.Ready ready() {
        var standing = spool.standing();
        return new AgentMessage.Ready(
                standing.epoch(),
                standing.first(),
                standing.next(),
                host.version(),
                host.policy(),
                host.facts(),
                clock.instant());
    }

    private LinkListener listening() {
        return new Noting(this, listener);
    }

    void noteAcknowledgement() {
        lock.lock();
        try {
            status = status.acknowledged(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private void opened(Channel channel, String name) {
        lock.lock();
        try {
            current = channel;
            status = status.opened(name, clock.instant());
        } finally {
            lock.unlock();
        }
        log.info("link: connected", "server", me.server(), "name", name);
    }

    private void ended(@Nullable String why) {
        lock.lock();
        try {
            current = null;
            status = status.ended(why, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /// Doubles with every failure; random, so that a fleet does not come back in one moment.
    private Duration backoff() {
        long most = timing.lastRetry().toMillis();
        long base = timing.firstRetry().toMillis() << Math.min(failures, 12);
        failures++;
        double millis = Math.min(base, most) * (0.75 + random.nextDouble() / 2);
        return Duration.ofMillis(
                (long) Math.clamp(millis, timing.firstRetry().toMillis(), (double) most));
    }

    private void pause(Duration length) throws InterruptedException {
        lock.lock();
        try {
            long left = length.toNanos();
            while (left > 0 && stopping == null) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
