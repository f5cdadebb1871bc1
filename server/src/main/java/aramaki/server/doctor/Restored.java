package aramaki.server.doctor;

import aramaki.server.backup.Restoration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether this instance is recovering from a restore.
///
/// @param recovering what it was restored from, until somebody confirms
public record Restored(Supplier<Optional<Restoration>> recovering) implements Examination {
    @Override
    public String name() {
        return "restored";
    }

    @Override
    public String about() {
        return "After a restore, somebody has looked at what is missing.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return recovering.get().stream()
                .map(
                        r ->
                                Complaint.advice(
                                        "This instance is recovering: at "
                                                + r.restoredAt()
                                                + " it was restored from the backup of "
                                                + r.takenAt()
                                                + ".",
                                        "What happened in between is missing, and what was revoked"
                                                + " in between (agents, tokens) is valid again.",
                                        "Look at the timeline for results.gap, revoke again what"
                                                + " was revoked, then say so: aramaki admin restore"
                                                + " --confirm"))
                .toList();
    }
}
