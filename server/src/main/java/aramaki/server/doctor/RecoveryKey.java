package aramaki.server.doctor;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.SecretKey;
import aramaki.server.identity.Identity;
import aramaki.server.identity.KeyHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;

/// Whether the recovery key has been taken away from the data folder.
public record RecoveryKey(Path data) implements Examination {
    private static final int DEPTH = 2;

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
        return files().stream().map(this::complaint).toList();
    }

    /// Also those that were made in a folder in here.
    private List<Path> files() {
        try (var inside = Files.find(data, DEPTH, RecoveryKey::isOne)) {
            return inside.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("looking into " + data, e);
        }
    }

    private static boolean isOne(Path file, BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                && String.valueOf(file.getFileName()).startsWith(Identity.RECOVERY_KEY);
    }

    private Complaint complaint(Path key) {
        return serves(key)
                ? Complaint.advice(
                        "The recovery key is still in the data folder.",
                        "Whoever steals this machine has it, and if its disk dies it is gone: it"
                                + " belongs to a safe place elsewhere.",
                        "mv " + key + " /media/STICK/, and keep that stick")
                : Complaint.advice(
                        "A recovery key that was replaced is still in the data folder: "
                                + key
                                + ".",
                        "Agents and peers that have not heard of it yet still believe it.",
                        "rm " + key);
    }

    /// What cannot be read is told elsewhere, and may serve.
    private boolean serves(Path key) {
        try {
            var secret = SecretKey.load(key).publicKey();
            return KeyHistory.read(data).log().recovery().keys().contains(secret);
        } catch (IOException | UncheckedIOException | Refusal e) {
            return true;
        }
    }
}
