package aramaki.server.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Whether the recovery key has been taken away from the data folder.
public record RecoveryKey(Path data) implements Examination {
    @Override
    public String name() {
        return "recovery-key";
    }

    @Override
    public String about() {
        return "The recovery key is kept somewhere else than beside what it recovers.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        Path key = data.resolve("recovery-key");
        return Files.exists(key)
                ? List.of(
                        Complaint.advice(
                                "The recovery key is still in the data folder.",
                                "Whoever steals this machine has it, and if its disk dies it is"
                                        + " gone: it belongs to a safe place elsewhere.",
                                "mv " + key + " /media/STICK/, and keep that stick"))
                : List.of();
    }
}
