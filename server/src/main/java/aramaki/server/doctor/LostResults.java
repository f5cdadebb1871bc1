package aramaki.server.doctor;

import aramaki.model.timeline.EventType;
import aramaki.server.store.Store;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether results were lost between agents and the server.
public record LostResults(Store store, EventStore events) implements Examination {
    private static final Duration LATELY = Duration.ofHours(24);
    private static final int MOST = 50;

    @Override
    public String name() {
        return "lost-results";
    }

    @Override
    public String about() {
        return "Within the last day, no results were lost between an agent and the server.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var query =
                new EventStore.Query(
                        Set.of(),
                        Set.of(),
                        Set.of(EventType.RESULTS_GAP.word()),
                        "",
                        Long.MAX_VALUE,
                        Optional.of(now.minus(LATELY)),
                        Optional.empty(),
                        MOST);
        return store.read(tx -> events.search(tx, query)).stream()
                .map(Sentences::of)
                .distinct()
                .map(
                        sentence ->
                                Complaint.advice(
                                        "Within the last day, " + sentence + ".",
                                        "The history has a hole there.",
                                        "See what the agent says: its log, and aramaki-agent status."
                                                + " A full disk there is the usual reason."))
                .toList();
    }
}
