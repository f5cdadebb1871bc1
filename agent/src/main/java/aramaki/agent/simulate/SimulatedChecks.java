package aramaki.agent.simulate;

import aramaki.agent.observe.Observed;
import aramaki.agent.schedule.Runner;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/// A runner that makes results up: mostly ok, and a share of them in another state than before.
/// Starts no process. Every agent has its own, seeded.
final class SimulatedChecks implements Runner {
    private static final List<State> STATES = List.of(State.OK, State.WARNING, State.CRITICAL);

    private final Random random;
    private final double change;
    private final InstantSource clock;
    private final Figures figures;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    /// @param change share of the results that are in another state than the one before
    SimulatedChecks(long seed, double change, InstantSource clock, Figures figures) {
        this.random = new Random(seed);
        this.change = change;
        this.clock = clock;
        this.figures = figures;
    }

    @Override
    public Observed run(Assignment assignment) {
        var now = clock.instant();
        State state = states.compute(assignment.check(), (_, before) -> next(before));
        double load = Math.round(random.nextDouble() * 400) / 100.0;
        String output = state.word().toUpperCase(Locale.ROOT) + " - simulated load average " + load;
        return new Observed(
                state,
                output,
                List.of(Metric.of("load1", load, ""), Metric.of("load5", load / 2, "")),
                now,
                clock.instant());
    }

    /// A run that the end cuts short gives no result, so only what is kept counts as made.
    @Override
    public void kept(CheckKey check, Instant started) {
        figures.made();
    }

    private State next(@org.jspecify.annotations.Nullable State before) {
        if (before == null) {
            return State.OK;
        }
        if (random.nextDouble() >= change) {
            return before;
        }
        return before == State.OK ? STATES.get(1 + random.nextInt(2)) : State.OK;
    }
}
