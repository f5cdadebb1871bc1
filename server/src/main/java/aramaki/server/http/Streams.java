package aramaki.server.http;

import aramaki.server.access.Endings;
import aramaki.server.sight.Sight;
import aramaki.server.timeline.EventFeed;
import aramaki.server.timeline.StoredEvent;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Open event streams. Each has a queue and a writer of its own; one that does not read is closed
/// rather than waited for, and its client comes back and reads the log.
public final class Streams implements Endings.Listener {
    private static final int QUEUE = 1000;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private final Function<StoredEvent, String> toJson;
    private final Consumer<StoredEvent> delivered;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    /// @param toJson an event as its listeners read it
    /// @param delivered told once an event went out to a page
    public Streams(Function<StoredEvent, String> toJson, Consumer<StoredEvent> delivered) {
        this.toJson = toJson;
        this.delivered = delivered;
    }

    /// Follows the feed until the server stops.
    public EventFeed.Subscription follow(EventFeed feed) {
        return feed.listen(event -> open.forEach(stream -> stream.offer(event)));
    }

    /// Says that something shown may have changed that is no event, such as an age or a value.
    public void tick() {
        open.forEach(stream -> stream.offerTick());
    }

    public int count() {
        return open.size();
    }

    @Override
    public void ended(Set<String> credentials) {
        open.stream().filter(s -> credentials.contains(s.credential)).forEach(Stream::close);
    }

    @Override
    public void renamed(String before, String after) {
        open.stream().filter(s -> s.credential.equals(before)).forEach(s -> s.credential = after);
    }

    public void stop() {
        List.copyOf(open).forEach(Stream::close);
    }

    /// What listeners may see has changed, for some of them: each looks for itself.
    public void look() {
        open.forEach(Stream::look);
    }

    /// Opens a stream of the events that pass.
    ///
    /// @param sight what its listener may see, at each time anew; a page is told of a change
    /// @param page a page listens, whose sight of an event counts as a hop
    /// @param ended run once, when the stream has ended
    /// @param credential id of the session or token that it lives by
    public void open(
            SseClient client,
            String credential,
            Predicate<StoredEvent> passes,
            Supplier<Sight> sight,
            boolean page,
            Runnable ended) {
        var stream = new Stream(client, credential, passes, sight, page, ended);
        client.keepAlive();
        client.onClose(stream::close);
        open.add(stream);
        Thread.ofVirtual().name("stream").start(stream::write);
    }

    private final class Stream {
        private final SseClient client;
        private volatile String credential;
        private final Predicate<StoredEvent> passes;
        private final Supplier<Sight> sight;
        private final boolean page;
        private final Runnable ended;
        private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE);
        private final AtomicBoolean closing = new AtomicBoolean();
        private volatile boolean closed;
        private volatile boolean tickQueued;
        private volatile Sight seen;

        Stream(
                SseClient client,
                String credential,
                Predicate<StoredEvent> passes,
                Supplier<Sight> sight,
                boolean page,
                Runnable ended) {
            this.client = client;
            this.credential = credential;
            this.passes = passes;
            this.sight = sight;
            this.seen = sight.get();
            this.page = page;
            this.ended = ended;
        }

        void offer(StoredEvent event) {
            if (passes.test(event) && !queue.offer(() -> send(event))) {
                close();
            }
        }

        /// A grant that ends by its time is no event, and one that was revoked is none for who
        /// held it.
        void look() {
            if (page) {
                var now = sight.get();
                if (!now.equals(seen)) {
                    seen = now;
                    offerTick();
                }
            }
        }

        void offerTick() {
            if (page && !tickQueued) {
                tickQueued = true;
                boolean taken =
                        queue.offer(
                                () -> {
                                    tickQueued = false;
                                    client.sendEvent("tick", "{}");
                                });
                if (!taken) {
                    tickQueued = false;
                }
            }
        }

        private void send(StoredEvent event) {
            client.sendEvent("event", toJson.apply(event), event.hash().hex());
            if (page && !client.terminated()) {
                delivered.accept(event);
            }
        }

        void write() {
            try {
                client.sendComment("open");
                alive();
                while (!closed && !client.terminated()) {
                    var next = queue.poll(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
                    if (next == null) {
                        alive();
                    } else {
                        next.run();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        /// A page believes in a silent stream only as long as it hears these.
        private void alive() {
            if (page) {
                client.sendEvent("beat", "{}");
                look();
            } else {
                client.sendComment("still here");
            }
        }

        void close() {
            if (closing.compareAndSet(false, true)) {
                closed = true;
                open.remove(this);
                ended.run();
                client.close();
            }
        }
    }
}
