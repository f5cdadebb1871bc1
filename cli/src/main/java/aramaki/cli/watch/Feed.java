package aramaki.cli.watch;

import aramaki.cli.api.Api;
import aramaki.cli.api.EventStream.Signal;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.model.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// What keeps the view up to date: a follower of the event stream, and a loader that asks how
/// things stand after events, and now and then without any.
final class Feed implements AutoCloseable {
    static final int HISTORY = 200;

    private static final int EVERY = 5000;

    /// How often it is asked how things stand when no event says that something changed.
    private static final Duration POLL = Duration.ofSeconds(15);

    /// A server says that it is still there every 10 s.
    private static final Duration SILENCE = Duration.ofSeconds(25);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// A server that needs long for an answer is asked the less often.
    private static final int REST_PER_WORK = 5;

    private static final Duration SHORTEST_REST = Duration.ofMillis(700);

    private final Api api;
    private final List<String> wanted;
    private final InstantSource clock;
    private final Consumer<News> news;
    private final Semaphore wish = new Semaphore(0);
    private final Semaphore retry = new Semaphore(0);
    private final AtomicReference<Board> last = new AtomicReference<>();
    private volatile boolean closed;

    Feed(Api api, List<String> wanted, InstantSource clock, Consumer<News> news) {
        this.api = api;
        this.wanted = List.copyOf(wanted);
        this.clock = clock;
        this.news = news;
    }

    /// How things stand now; throws what the server refuses.
    Board load() {
        for (String system : wanted) {
            api.get(Route.to("systems", system));
        }
        return ask();
    }

    private Board ask() {
        var alerts = api.list(Route.to("alerts").with("state", "open"), EVERY).items();
        var systems = api.list(Route.to("systems"), EVERY).items();
        var board = Board.of(clock.instant(), alerts, systems, wanted);
        last.set(board);
        return board;
    }

    /// The last events, newest first.
    List<JsonNode> history() {
        var one = wanted.size() == 1 ? Optional.of(wanted.getFirst()) : Optional.<String>empty();
        var board = last.get();
        boolean layered = board != null && board.systems().size() > 1;
        var route = Route.to("events").with("system", layered ? Optional.empty() : one);
        return shown(api.list(route, HISTORY).items());
    }

    void start() {
        Thread.ofVirtual().name("watch-load").start(() -> guarded(this::loadOnAndOn));
        Thread.ofVirtual().name("watch-follow").start(() -> guarded(this::followOnAndOn));
    }

    /// Asks now, not at the next turn, and tries a lost connection at once.
    void refresh() {
        wish.release();
        retry.release();
    }

    @Override
    public void close() {
        closed = true;
        refresh();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /// The edge of a background task: what it cannot go on with ends the view.
    private void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            news.accept(new News.Over(Optional.of(e)));
        }
    }

    private void loadOnAndOn() throws InterruptedException {
        while (!closed) {
            var _ = wish.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
            wish.drainPermits();
            var begun = clock.instant();
            try {
                news.accept(new News.Loaded(ask()));
            } catch (Failure | Refusal e) {
                news.accept(new News.LoadFailed(why(e)));
            }
            var work = Duration.between(begun, clock.instant()).multipliedBy(REST_PER_WORK);
            var rest = work.compareTo(SHORTEST_REST) > 0 ? work : SHORTEST_REST;
            pause(rest.compareTo(POLL) > 0 ? POLL : rest);
        }
    }

    private void followOnAndOn() throws InterruptedException {
        var pause = FIRST_PAUSE;
        while (!closed) {
            String why = "the stream ended";
            try (var stream = api.stream(Route.to("stream"))) {
                news.accept(new News.Heard());
                news.accept(new News.Happened(history()));
                wish.release();
                pause = FIRST_PAUSE;
                boolean open = true;
                while (open && !closed) {
                    open = heard(stream.next(SILENCE));
                }
            } catch (Failure | Refusal e) {
                why = why(e);
            }
            if (!closed) {
                news.accept(new News.StreamLost(why));
                wish.release();
                retry.drainPermits();
                var _ = retry.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        }
    }

    private boolean heard(Signal signal) {
        return switch (signal) {
            case Signal.Event(var event) -> {
                var shown = shown(List.of(event));
                news.accept(shown.isEmpty() ? new News.Heard() : new News.Happened(shown));
                if (changesStates(event)) {
                    wish.release();
                }
                yield true;
            }
            case Signal.Beat _ -> {
                news.accept(new News.Heard());
                yield true;
            }
            case Signal.Lost _ -> false;
        };
    }

    /// A note changes nothing but the timeline.
    private static boolean changesStates(JsonNode event) {
        return !Cell.string(event.path("type")).startsWith("note");
    }

    private List<JsonNode> shown(List<JsonNode> events) {
        var board = last.get();
        return board == null
                ? events
                : events.stream().filter(e -> board.shows(Cell.string(e.path("system")))).toList();
    }

    /// What may pass by itself becomes words; what will not, such as a revoked token, is thrown.
    private static String why(RuntimeException e) {
        return switch (e) {
            case Refusal r when r.reason() == Refusal.Reason.UNAUTHENTICATED -> throw r;
            case Refusal r when r.reason() == Refusal.Reason.FORBIDDEN -> throw r;
            case Refusal r -> r.text();
            case Failure f -> f.why().isBlank() ? f.what() : f.why();
            default -> throw e;
        };
    }

    private void pause(Duration length) throws InterruptedException {
        var _ = new Semaphore(0).tryAcquire(length.toMillis(), TimeUnit.MILLISECONDS);
    }
}
