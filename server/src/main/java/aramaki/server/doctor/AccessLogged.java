package aramaki.server.doctor;

import aramaki.server.audit.AccessLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether everything that was asked found its place in the access log.
public record AccessLogged(AccessLog log) implements Examination {
    private static final Duration LATELY = Duration.ofDays(1);

    @Override
    public String name() {
        return "access-log";
    }

    @Override
    public String about() {
        return "Within the last day, no line of the access log was lost because it could not be"
                + " written in time.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        var lost = log.lost();
        if (lost.all() == 0 || !lost.last().isAfter(now.minus(LATELY))) {
            return List.of();
        }
        return List.of(
                Complaint.broken(
                        "Requests found the access log full since the start, looks: "
                                + lost.looks()
                                + ", acts: "
                                + lost.acts()
                                + ", the last at "
                                + lost.last()
                                + ".",
                        "The audit does not know from where these came. The acts themselves are"
                                + " in their logs.",
                        "See whether the store is slow or takes no writes, and which program asks"
                                + " so much: aramaki audit list --kind looks"));
    }
}
