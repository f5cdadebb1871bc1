package aramaki.cli.api;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// An open stream of server-sent events, read by a thread of its own so that silence is noticed.
public final class EventStream implements AutoCloseable {
    /// What a stream tells us next.
    public sealed interface Signal {
        record Event(JsonNode event) implements Signal {}

        /// The server is still there, and has nothing to say.
        record Beat() implements Signal {}

        /// The stream has ended, or has been silent for too long.
        record Lost() implements Signal {}
    }

    private static final int AHEAD = 256;

    private final InputStream body;
    private final BlockingQueue<Signal> signals;
    private final Thread reader;

    private EventStream(InputStream body, BlockingQueue<Signal> signals, Thread reader) {
        this.body = body;
        this.signals = signals;
        this.reader = reader;
    }

    static EventStream of(InputStream body) {
        var signals = new ArrayBlockingQueue<Signal>(AHEAD);
        var reader = Thread.ofVirtual().name("event-stream").start(() -> read(body, signals));
        return new EventStream(body, signals, reader);
    }

    public Signal next(Duration patience) throws InterruptedException {
        var signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return signal == null ? new Signal.Lost() : signal;
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the event stream", e);
        }
    }

    private static void read(InputStream body, BlockingQueue<Signal> signals) {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var data = new StringBuilder();
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.isEmpty() && !data.isEmpty()) {
                    signals.put(event(data.toString()));
                    data.setLength(0);
                } else if (line.startsWith("data:")) {
                    data.append(line.substring("data:".length()).stripLeading()).append('\n');
                } else if (line.startsWith(":")) {
                    signals.put(new Signal.Beat());
                }
            }
            signals.put(new Signal.Lost());
        } catch (IOException e) {
            // A stream that breaks has ended; if the queue is full, silence will say so.
            signals.offer(new Signal.Lost());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Signal event(String data) {
        try {
            return new Signal.Event(Json.read(data, JsonNode.class));
        } catch (Refusal e) {
            return new Signal.Beat();
        }
    }
}
