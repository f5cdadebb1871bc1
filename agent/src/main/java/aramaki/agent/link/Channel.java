package aramaki.agent.link;

import aramaki.protocol.Json;
import aramaki.protocol.agent.Handshake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One WebSocket as blocking calls: one frame is sent at a time, and only so many received ones
/// wait to be read.
final class Channel implements AutoCloseable {
    private static final int UNREAD = 16;
    private static final Duration GOOD_BYE = Duration.ofMillis(500);

    /// What a reader of the channel meets.
    sealed interface Incoming {
        record Text(byte[] utf8) implements Incoming {}

        record Ended(String why) implements Incoming {}

        /// Somebody here wants the reader to look around.
        record Wake() implements Incoming {}
    }

    private final BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Duration sendLimit;
    private volatile long heard = System.nanoTime();
    private volatile @Nullable WebSocket socket;

    private Channel(Duration sendLimit) {
        this.sendLimit = sendLimit;
    }

    static Channel open(HttpClient http, URI server, Timing timing)
            throws IOException, InterruptedException {
        var channel = new Channel(timing.send());
        var opening =
                http.newWebSocketBuilder()
                        .subprotocols(Handshake.SUBPROTOCOL)
                        .connectTimeout(timing.greeting())
                        .buildAsync(address(server), channel.new Inbox());
        try {
            channel.socket = await(opening, timing.greeting());
        } catch (IOException | InterruptedException e) {
            opening.whenComplete(
                    (late, _) -> {
                        if (late != null) {
                            late.abort();
                        }
                    });
            throw e;
        }
        channel.socket().request(UNREAD);
        return channel;
    }

    static URI address(URI server) {
        String text = server.toString().replaceFirst("/+$", "");
        return URI.create(text.replaceFirst("^http", "ws") + Handshake.PATH);
    }

    /// Waits until the network took the frame.
    void send(byte[] utf8) throws IOException, InterruptedException {
        await(socket().sendText(new String(utf8, StandardCharsets.UTF_8), true), sendLimit);
    }

    void ping() throws IOException, InterruptedException {
        await(socket().sendPing(ByteBuffer.allocate(0)), sendLimit);
    }

    /// The next thing that happened, or null when nothing did for so long.
    @Nullable Incoming next(Duration limit) throws InterruptedException {
        var one = incoming.poll(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        switch (one) {
            case Incoming.Text _ -> socket().request(1);
            case Incoming.Wake _ -> woken.set(false);
            case Incoming.Ended _ -> incoming.add(one);
            case null -> {}
        }
        return one;
    }

    /// Makes `next` return.
    void wake() {
        if (woken.compareAndSet(false, true)) {
            incoming.add(new Incoming.Wake());
        }
    }

    /// How long the other side has been silent, pongs included.
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    /// Says good-bye and waits a little for the answer, then ends in any case. To end at once could
    /// reset the connection and take our last words from under the other side before it reads them.
    void finish() throws InterruptedException {
        try {
            await(socket().sendClose(WebSocket.NORMAL_CLOSURE, ""), GOOD_BYE);
            long until = System.nanoTime() + GOOD_BYE.toNanos();
            while (System.nanoTime() - until < 0
                    && !(next(Duration.ofNanos(until - System.nanoTime()))
                            instanceof Incoming.Ended)) {
                // Acknowledgements that still come are of no use any more.
            }
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
        }
        close();
    }

    @Override
    public void close() {
        socket().abort();
    }

    private WebSocket socket() {
        var opened = socket;
        if (opened == null) {
            throw new IllegalStateException("the channel is not open yet");
        }
        return opened;
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit)
            throws IOException, InterruptedException {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no progress for " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(why(e.getCause()), e.getCause());
        }
    }

    private static String why(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "unknown";
            case WebSocketHandshakeException e ->
                    "the server answered HTTP " + e.getResponse().statusCode();
            case java.net.ConnectException _ -> "cannot connect";
            case SSLException e ->
                    "TLS: "
                            + e.getMessage()
                            + "; if the certificate is of an authority of your own, name it:"
                            + " aramaki-agent join INVITE --ca FILE";
            default ->
                    cause.getMessage() == null
                            ? cause.getClass().getSimpleName()
                            : String.valueOf(cause.getMessage());
        };
    }

    /// Turns the listener's calls into things to read. The WebSocket calls it one call at a time.
    private final class Inbox implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public void onOpen(WebSocket opened) {
            // Nothing is asked for before the channel is whole.
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            heard = System.nanoTime();
            partial.append(data);
            if (partial.length() > Json.MAX_DOCUMENT) {
                incoming.add(new Incoming.Ended("the server sent a message that is too long"));
                from.abort();
            } else if (last) {
                incoming.add(
                        new Incoming.Text(partial.toString().getBytes(StandardCharsets.UTF_8)));
                partial.setLength(0);
                partial.trimToSize();
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer data, boolean last) {
            incoming.add(new Incoming.Ended("the server sent binary data"));
            from.abort();
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            heard = System.nanoTime();
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            heard = System.nanoTime();
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            String words = reason.isEmpty() ? "" : ": " + reason;
            incoming.add(
                    new Incoming.Ended("the server closed the connection (" + code + words + ")"));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            incoming.add(new Incoming.Ended(why(error)));
        }
    }
}
