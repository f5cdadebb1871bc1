package aramaki.agent.discover;

import aramaki.agent.observe.Observed;
import aramaki.agent.policy.HostPolicy;
import aramaki.agent.schedule.Runner;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Probing;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Tries candidates once, as far as the host's policy permits them, so that only what can run is
/// proposed, and people see what it would say.
final class Trial {
    /// More are not looked at.
    static final int MOST = 300;

    private static final int AT_ONCE = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HostPolicy policy;
    private final Runner runner;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Trial(HostPolicy policy, Runner runner) {
        this.policy = policy;
        this.runner = runner;
    }

    /// A candidate with the way that was chosen and what it said.
    record Tried(Candidate candidate, Probing way, State state, String output) {}

    List<Tried> of(List<Candidate> candidates) throws InterruptedException {
        var tried = new ArrayList<Tried>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Optional<Tried>>>();
            candidates.forEach(c -> calls.add(() -> once(c)));
            for (var done : threads.invokeAll(calls)) {
                done.get().ifPresent(tried::add);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("trying what was found", e);
        }
        return tried;
    }

    private Optional<Tried> once(Candidate candidate) throws InterruptedException {
        places.acquire();
        try {
            Optional<Tried> last = Optional.empty();
            for (var way : candidate.ways()) {
                if (permitted(way)) {
                    var assignment = assignment(candidate, way);
                    var observed = runner.run(assignment);
                    runner.lost(key(assignment), observed.started()); // it was no run of a check
                    var tried = new Tried(candidate, way, observed.state(), said(observed));
                    if (observed.state() == State.OK) {
                        return Optional.of(tried);
                    }
                    last = Optional.of(tried);
                }
            }
            return candidate.onlyWhenWell() ? Optional.empty() : last;
        } finally {
            places.release();
        }
    }

    private static CheckKey key(Assignment trial) {
        return CheckKey.of(trial.system(), trial.entity(), trial.check());
    }

    private boolean permitted(Probing way) {
        return switch (way) {
            case Probing.Probe(var kind, _) ->
                    ProbeKind.find(kind).filter(policy::permits).isPresent();
            case Probing.Command(var argv) -> {
                try {
                    policy.plugin(argv.getFirst());
                    yield true;
                } catch (Refusal e) { // it is not here, or not for us
                    yield false;
                }
            }
        };
    }

    private static String said(Observed observed) {
        return observed.output().lines().findFirst().orElse("");
    }

    private static Assignment assignment(Candidate candidate, Probing way) {
        return new Assignment(
                "trial",
                "trial",
                candidate.name(),
                way instanceof Probing.Command(var argv) ? argv : null,
                way instanceof Probing.Probe(var kind, _) ? kind : null,
                way instanceof Probing.Probe(_, var parameters) ? parameters : Map.of(),
                Map.of(),
                candidate.every().toMillis(),
                TIMEOUT.toMillis(),
                1,
                null);
    }
}
