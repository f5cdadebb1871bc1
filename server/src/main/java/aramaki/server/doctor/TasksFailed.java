package aramaki.server.doctor;

import aramaki.server.runtime.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Whether the work in the background goes on.
public record TasksFailed(Supplier<List<Tasks.Outcome>> outcomes) implements Examination {
    static final Duration STUCK = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "tasks";
    }

    @Override
    public String about() {
        return "The work in the background goes on: no task failed last, none hangs for 2 minutes.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return outcomes.get().stream().flatMap(o -> of(o, now).stream()).toList();
    }

    private static List<Complaint> of(Tasks.Outcome outcome, Instant now) {
        String cure =
                "The server's log says more, at task=" + outcome.task() + "; restart the server";
        if (outcome.failures() > 0) {
            return List.of(
                    Complaint.broken(
                            "The task "
                                    + outcome.task()
                                    + " failed "
                                    + outcome.failures()
                                    + (outcome.failures() == 1 ? " time: " : " times in a row: ")
                                    + outcome.error(),
                            "Its work is not done until it succeeds.",
                            cure));
        }
        var running = outcome.runningSince().map(since -> Duration.between(since, now));
        return running.filter(time -> time.compareTo(STUCK) > 0)
                .map(
                        time ->
                                List.of(
                                        Complaint.broken(
                                                "The task "
                                                        + outcome.task()
                                                        + " hangs for "
                                                        + time.toSeconds()
                                                        + " s.",
                                                "Its work is not done until it ends.",
                                                cure)))
                .orElse(List.of());
    }
}
