package aramaki.server.observation;

import aramaki.model.Refusal;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemName;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.system.Systems;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs a check at once, by asking the agent of its entity, and waits for the result that came
/// after.
public final class CheckRuns {
    /// Nobody waits longer than this for a result; it comes all the same.
    private static final Duration LONGEST = Duration.ofSeconds(50);

    /// From the end of a run until its result is here.
    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

    /// So many people may wait for one check at a time.
    private static final int WAITING = 20;

    private final Systems systems;
    private final Agents agents;
    private final Assignments assignments;
    private final Asking asking;
    private final InstantSource clock;
    private final Map<CheckKey, List<Waiting>> waiting = new ConcurrentHashMap<>();

    /// How an agent is asked; false when it is not connected.
    @FunctionalInterface
    public interface Asking {
        boolean runNow(EntityName entity, SystemName system, String check);
    }

    private record Waiting(Instant asked, CompletableFuture<Recorded> result) {}

    public CheckRuns(
            Systems systems,
            Agents agents,
            Assignments assignments,
            Asking asking,
            InstantSource clock) {
        this.systems = systems;
        this.agents = agents;
        this.assignments = assignments;
        this.asking = asking;
        this.clock = clock;
    }

    /// What is meant: the check on this entity, or on the only one it runs on.
    public CheckKey key(SystemName name, CheckName check, Optional<EntityName> entity) {
        var system = systems.require(name);
        check(system, check);
        var running =
                agents.all().stream()
                        .filter(a -> a.presence() != Presence.REVOKED)
                        .filter(a -> runs(a, system, check))
                        .map(AgentRecord::name)
                        .sorted()
                        .toList();
        if (running.isEmpty()) {
            throw Refusal.conflict(
                    "runs-nowhere",
                    "no agent runs " + name + "/" + check + ": see what its `on` asks for");
        }
        if (entity.isEmpty() && running.size() > 1) {
            throw Refusal.invalid(
                    "which-entity",
                    name + "/" + check + " runs on " + names(running) + ": say which entity");
        }
        var meant = entity.orElse(running.getFirst());
        if (!running.contains(meant)) {
            throw Refusal.conflict(
                    "runs-elsewhere",
                    name
                            + "/"
                            + check
                            + " does not run on "
                            + meant
                            + ", but on "
                            + names(running));
        }
        return new CheckKey(name, meant, check);
    }

    /// Asks only.
    public void ask(CheckKey key) {
        if (!asking.runNow(key.entity(), key.system(), key.check().value())) {
            throw Refusal.conflict(
                    "agent-not-connected",
                    "agent "
                            + key.entity()
                            + " is not connected, so it cannot be asked; "
                            + key.check()
                            + " runs there by its schedule, and its results come when it is back");
        }
    }

    /// Asks and waits for the result, as long as the check may take.
    public Recorded run(CheckKey key) {
        var check = check(systems.require(key.system()), key.check());
        var wait = new Waiting(clock.instant(), new CompletableFuture<>());
        waiting.compute(key, (_, all) -> joined(all, wait));
        try {
            ask(key);
            return await(key, check, wait);
        } finally {
            waiting.computeIfPresent(key, (_, all) -> left(all, wait));
        }
    }

    private static List<Waiting> joined(@Nullable List<Waiting> all, Waiting wait) {
        var others = all == null ? List.<Waiting>of() : all;
        if (others.size() >= WAITING) {
            throw new Refusal(
                    Refusal.Reason.LIMITED,
                    "too-many-waiting",
                    WAITING + " others wait for a result of this check already");
        }
        return Stream.concat(others.stream(), Stream.of(wait)).toList();
    }

    private static @Nullable List<Waiting> left(List<Waiting> all, Waiting wait) {
        var others = all.stream().filter(w -> w != wait).toList();
        return others.isEmpty() ? null : others;
    }

    private static Recorded await(CheckKey key, Check check, Waiting wait) {
        var patience = check.timeout().plus(ON_THE_WAY);
        if (patience.compareTo(LONGEST) > 0) {
            patience = LONGEST;
        }
        try {
            return wait.result().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Refusal.unavailable(
                    "no-result-in-time",
                    "agent "
                            + key.entity()
                            + " was asked, but no result came within "
                            + patience.toSeconds()
                            + " s; when it comes, it is in the history");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("interrupted", "interrupted while waiting for the result");
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails this", e);
        }
    }

    /// Results that are durable now.
    public void came(List<Recorded> results) {
        if (waiting.isEmpty()) {
            return;
        }
        for (var result : results) {
            if (result.epoch().equals(Intake.SUBMITTED)) {
                continue; // said by a program, not by a run
            }
            waiting.getOrDefault(result.observation().key(), List.of()).stream()
                    .filter(w -> !madeAt(result).isBefore(w.asked()))
                    .forEach(w -> w.result().complete(result));
        }
    }

    /// When a run ended by our own clock: the frame says what the agent's showed as it was sent.
    private static Instant madeAt(Recorded result) {
        var ahead = Duration.between(result.sent(), result.committed());
        return result.observation().finished().plus(ahead);
    }

    private boolean runs(AgentRecord agent, ManagedSystem system, CheckName check) {
        return assignments.of(agent).stream()
                .anyMatch(
                        a ->
                                a.system().equals(system.name().value())
                                        && a.check().equals(check.value()));
    }

    private static Check check(ManagedSystem system, CheckName check) {
        return system.definition()
                .check(check)
                .orElseThrow(
                        () -> Refusal.notFound("check in system " + system.name(), check.value()));
    }

    private static String names(List<EntityName> entities) {
        String names =
                entities.stream()
                        .limit(10)
                        .map(EntityName::value)
                        .collect(Collectors.joining(", "));
        return entities.size() > 10 ? names + " and " + (entities.size() - 10) + " more" : names;
    }
}
