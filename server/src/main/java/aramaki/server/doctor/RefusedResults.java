package aramaki.server.doctor;

import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.ObservationStore.Refused;
import aramaki.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether agents sent results that could not be accepted.
public record RefusedResults(Store store, ObservationStore observations, Agents agents)
        implements Examination {
    private static final Duration LATELY = Duration.ofHours(1);
    private static final int MOST = 100;

    @Override
    public String name() {
        return "refused-results";
    }

    @Override
    public String about() {
        return "Within the last hour, no result of an agent had to be refused.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return agents.all().stream()
                .filter(a -> a.presence() != Presence.REVOKED)
                .flatMap(a -> of(a, now).stream())
                .toList();
    }

    private List<Complaint> of(AgentRecord agent, Instant now) {
        List<Refused> lately =
                store.read(tx -> observations.refusals(tx, agent.id(), MOST)).stream()
                        .filter(r -> r.at().isAfter(now.minus(LATELY)))
                        .toList();
        return lately.isEmpty()
                ? List.of()
                : List.of(
                        Complaint.broken(
                                (lately.size() == MOST ? "At least " + MOST : "" + lately.size())
                                        + " results of agent "
                                        + agent.name()
                                        + " were refused within an hour, the last because: "
                                        + lately.getFirst().reason(),
                                "What they said is in no history and raised no alert.",
                                "See each with its reason: aramaki agent show " + agent.name()));
    }
}
