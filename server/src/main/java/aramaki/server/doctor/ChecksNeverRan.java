package aramaki.server.doctor;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Statuses;
import aramaki.server.system.Systems;
import java.time.Instant;
import java.util.List;

/// Whether every check that a connected agent was given has come back with a result.
public final class ChecksNeverRan implements Examination {
    private final Statuses statuses;
    private final Systems systems;
    private final Waiting<CheckKey> waiting = new Waiting<>();

    public ChecksNeverRan(Statuses statuses, Systems systems) {
        this.statuses = statuses;
        this.systems = systems;
    }

    @Override
    public String name() {
        return "pending-checks";
    }

    @Override
    public String about() {
        return "Every check that a connected agent was given has had a result.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var pending =
                statuses.now().values().stream()
                        .flatMap(List::stream)
                        .filter(s -> s.state() == State.PENDING)
                        .map(CheckStatus::key)
                        .toList();
        waiting.now(pending, now);
        return pending.stream()
                .filter(key -> waitsTooLong(key, now))
                .map(
                        key ->
                                Complaint.broken(
                                        key.system()
                                                + "/"
                                                + key.check()
                                                + " has never had a result from "
                                                + key.entity()
                                                + ".",
                                        "The agent was given it and should have run it by now.",
                                        "See whether its results are refused: aramaki agent show "
                                                + key.entity()
                                                + "; on that host: aramaki-agent status"))
                .toList();
    }

    private boolean waitsTooLong(CheckKey key, Instant now) {
        var ttl =
                systems.find(key.system())
                        .flatMap(s -> s.definition().check(key.check()))
                        .map(check -> check.ttl())
                        .orElse(Waiting.PATIENCE);
        boolean slow = ttl.compareTo(Waiting.PATIENCE) > 0;
        return waiting.longer(key, slow ? ttl : Waiting.PATIENCE, now);
    }
}
