package aramaki.server.heartbeat;

import aramaki.server.runtime.Task;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/// Asks for an address outside every so often, as long as this server is truly well, so that
/// somebody there notices when it is not, or is gone. Silence is the alarm: nothing is sent to say
/// that something is wrong.
public final class Heartbeat implements Task, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofHours(1);

    private final Optional<Target> target;
    private final Function<Instant, Optional<String>> ill;
    private final String version;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final AtomicLong taken = new AtomicLong();
    private volatile Last last;

    /// @param ill why this server is not well; empty when it is
    public Heartbeat(
            Optional<Target> target, Function<Instant, Optional<String>> ill, String version) {
        this.target = target;
        this.ill = ill;
        this.version = version;
        this.last = target.isEmpty() ? new Last.NotSet() : new Last.None();
    }

    /// What came of the last one.
    public sealed interface Last {
        /// There is no address.
        record NotSet() implements Last {}

        /// None was due yet.
        record None() implements Last {}

        record Taken(Instant at) implements Last {}

        /// It was not sent, as this server is not well.
        record Held(Instant at, String reason) implements Last {}

        /// It was sent and not taken.
        record Failed(Instant at, String reason) implements Last {}
    }

    public Last last() {
        return last;
    }

    /// How many were taken since the start.
    public long taken() {
        return taken.get();
    }

    /// The address without what is secret about it.
    public String shown() {
        return target.map(Target::shown).orElse("");
    }

    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public Duration run(Instant now) {
        if (target.isEmpty()) {
            return IDLE;
        }
        last = beat(target.get(), now);
        if (last instanceof Last.Taken) {
            taken.incrementAndGet();
        }
        return target.get().every();
    }

    private Last beat(Target to, Instant now) {
        var reason = ill.apply(now);
        if (reason.isPresent()) {
            return new Last.Held(now, reason.get());
        }
        var request =
                HttpRequest.newBuilder(to.url())
                        .timeout(ANSWER)
                        .header("User-Agent", "aramaki/" + version)
                        .GET()
                        .build();
        try {
            HttpResponse<InputStream> response =
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close(); // what it says beyond its status is not for us
            return response.statusCode() / 100 == 2
                    ? new Last.Taken(now)
                    : new Last.Failed(now, "it answered HTTP " + response.statusCode());
        } catch (IOException e) {
            return new Last.Failed(now, words(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Last.Failed(now, "interrupted");
        }
    }

    /// In our own words: those of an exception may hold the address.
    private static String words(IOException e) {
        return switch (e) {
            case HttpTimeoutException _ -> "no answer within " + ANSWER.toSeconds() + " s";
            case UnknownHostException _ -> "there is no such host";
            case ConnectException c when c.getCause() instanceof UnresolvedAddressException ->
                    "there is no such host";
            case ConnectException _ -> "nobody listens there";
            case SSLException _ -> "TLS failed";
            default -> "the connection broke";
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
