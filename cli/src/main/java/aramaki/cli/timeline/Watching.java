package aramaki.cli.timeline;

import aramaki.cli.api.Api;
import aramaki.cli.api.EventStream;
import aramaki.cli.api.EventStream.Signal;
import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Output;
import aramaki.cli.shell.Shell;
import aramaki.model.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Following the stream of events across lost connections, missing none and printing none twice.
final class Watching {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int LOOK_BACK = 200;
    private static final int MOST_MISSED = 1000;
    private static final int REMEMBERED = 5000;

    private final Shell shell;
    private final Api api;
    private final Optional<String> system;
    private final Output output;
    private final Map<String, Boolean> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private int left;

    Watching(Shell shell, Api api, Optional<String> system, int limit) {
        this.shell = shell;
        this.api = api;
        this.system = system;
        this.output = shell.output();
        this.left = limit;
    }

    void run() throws InterruptedException {
        latest(LOOK_BACK).forEach(this::remember);
        var pause = FIRST_PAUSE;
        boolean first = true;
        boolean lost = false;
        while (!done()) {
            try (var stream = api.stream(Route.to("stream").with("system", system))) {
                if (lost) {
                    shell.say("connected again");
                }
                lost = false;
                first = false;
                pause = FIRST_PAUSE;
                missed().forEach(this::print);
                follow(stream);
            } catch (Failure e) {
                retryable(e.exitCode() == ExitCode.FAILED && !first, e);
            } catch (Refusal e) {
                retryable(e.reason() == Refusal.Reason.UNAVAILABLE && !first, e);
            }
            if (!done()) {
                if (!lost) {
                    shell.say("lost " + api.server() + "; trying again");
                }
                lost = true;
                shell.pause().wait(pause);
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        }
    }

    private static void retryable(boolean retryable, RuntimeException e) {
        if (!retryable) {
            throw e;
        }
    }

    private void follow(EventStream stream) throws InterruptedException {
        while (!done()) {
            switch (stream.next(SILENCE)) {
                case Signal.Event(var event) -> print(event);
                case Signal.Beat _ -> {}
                case Signal.Lost _ -> {
                    return;
                }
            }
        }
    }

    /// What happened while nobody listened, oldest first: everything newer than the oldest event
    /// that we know among the latest.
    private List<JsonNode> missed() {
        var events = latest(MOST_MISSED);
        int end = events.size();
        for (int i = 0; i < events.size(); i++) {
            if (known.containsKey(id(events.get(i)))) {
                end = i;
            }
        }
        if (end == MOST_MISSED) {
            shell.say("more than that was missed: aramaki timeline list");
        }
        return events.subList(0, end).reversed();
    }

    private List<JsonNode> latest(int most) {
        return api.list(Route.to("events").with("system", system), most).items();
    }

    private void print(JsonNode event) {
        if (!done() && remember(event)) {
            output.follow(event, Events.COLUMNS, Events.line(event, shell.ages()));
            left--;
        }
    }

    /// Whether it is new to us.
    private boolean remember(JsonNode event) {
        return known.putIfAbsent(id(event), true) == null;
    }

    private boolean done() {
        return left <= 0 || output.closed();
    }

    private static String id(JsonNode event) {
        return Cell.string(event.path("id"));
    }
}
