package aramaki.server.doctor;

import aramaki.server.system.Systems;
import java.time.Instant;
import java.util.List;

/// Whether every file of the systems folder is in use.
public record RefusedFiles(Systems systems) implements Examination {
    @Override
    public String name() {
        return "refused-files";
    }

    @Override
    public String about() {
        return "Every file of the systems folder is in use; none was refused.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return systems.problems().stream()
                .map(
                        problem ->
                                Complaint.broken(
                                        "Refused: " + problem,
                                        "The last good version of that system stays in use.",
                                        "Edit " + problem.file() + ", line " + problem.line()))
                .toList();
    }
}
