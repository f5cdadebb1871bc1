package aramaki.server.observation;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.sight.Sight;
import aramaki.server.system.Systems;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What every check of every system counts as at this moment. Staleness that comes from a silent
/// agent is derived here, from its one event, and is never written per check.
public final class Statuses {
    private static final Comparator<CheckStatus> WORST_FIRST =
            Comparator.comparing(CheckStatus::state).reversed().thenComparing(CheckStatus::key);

    private final Board board;
    private final Systems systems;
    private final Agents agents;
    private final Assignments assignments;
    private final InstantSource clock;

    public Statuses(
            Board board,
            Systems systems,
            Agents agents,
            Assignments assignments,
            InstantSource clock) {
        this.board = board;
        this.systems = systems;
        this.agents = agents;
        this.assignments = assignments;
        this.clock = clock;
    }

    /// The time by which these are told.
    public Instant time() {
        return clock.instant();
    }

    /// A picture of all systems that may be seen, taken once per page so that all of it is of one
    // moment.
    public Map<SystemName, List<CheckStatus>> now() {
        var sight = Sight.current();
        var byId = new HashMap<String, AgentRecord>();
        var statuses = new TreeMap<SystemName, List<CheckStatus>>();
        var seen = new HashSet<CheckKey>();
        for (var agent : agents.all()) {
            byId.put(agent.id(), agent);
        }
        for (var latest : board.all()) {
            if (!sight.sees(latest.key().system())) {
                continue;
            }
            seen.add(latest.key());
            var agent = Optional.ofNullable(byId.get(latest.agent()));
            var planned = agent.flatMap(a -> a.planned(clock.instant()));
            add(statuses, status(latest, agent, planned.isPresent()).planned(planned));
        }
        for (var agent : byId.values()) {
            if (agent.presence() != Presence.REVOKED) {
                for (var assignment : assignments.of(agent)) {
                    var key =
                            CheckKey.of(
                                    assignment.system(), assignment.entity(), assignment.check());
                    if (sight.sees(key.system()) && seen.add(key)) {
                        add(statuses, pending(key, agent).planned(agent.planned(clock.instant())));
                    }
                }
            }
        }
        statuses.values().forEach(list -> list.sort(WORST_FIRST));
        return statuses;
    }

    private static void add(Map<SystemName, List<CheckStatus>> all, CheckStatus status) {
        all.computeIfAbsent(status.key().system(), _ -> new ArrayList<>()).add(status);
    }

    private CheckStatus status(Latest latest, Optional<AgentRecord> agent, boolean planned) {
        boolean silent =
                (planned || agent.map(a -> a.presence() != Presence.CONNECTED).orElse(true))
                        && latest.state() != State.STALE;
        if (silent && !planned) {
            Instant since = agent.map(AgentRecord::seenAt).orElse(latest.seenAt());
            return new CheckStatus(
                    latest.key(),
                    State.STALE,
                    latest.state(),
                    Optional.of(StaleBecause.AGENT),
                    Optional.of(since),
                    Optional.of(latest));
        }
        if (silent && tooOld(latest)) {
            return new CheckStatus(
                    latest.key(),
                    State.STALE,
                    latest.state(),
                    Optional.of(StaleBecause.AGENT),
                    Optional.of(latest.seenAt()),
                    Optional.of(latest));
        }
        return new CheckStatus(
                latest.key(),
                latest.state(),
                latest.lastState(),
                latest.because(),
                Optional.of(latest.since()),
                Optional.of(latest));
    }

    private boolean tooOld(Latest latest) {
        return systems.find(latest.key().system())
                .flatMap(s -> s.definition().check(latest.key().check()))
                .map(check -> latest.seenAt().plus(check.ttl()).isBefore(clock.instant()))
                .orElse(true);
    }

    private CheckStatus pending(CheckKey key, AgentRecord agent) {
        boolean silent = agent.presence() == Presence.SILENT;
        return new CheckStatus(
                key,
                silent ? State.STALE : State.PENDING,
                State.PENDING,
                silent ? Optional.of(StaleBecause.AGENT) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
