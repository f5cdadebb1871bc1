package aramaki.server.observation;

import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;

/// Writes down that this server is here, so that the time in which it was not can be told from the
/// time in which checks were silent.
public final class Uptime implements Task {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Store store;
    private final PastStore past;
    private volatile long run;

    public Uptime(Store store, PastStore past) {
        this.store = store;
        this.past = past;
    }

    public void start(Instant now) {
        run = store.write(tx -> past.beginRun(tx, now));
    }

    @Override
    public String name() {
        return "uptime";
    }

    @Override
    public Duration run(Instant now) {
        store.write(
                tx -> {
                    past.alive(tx, run, now);
                    return run;
                });
        return EVERY;
    }
}
