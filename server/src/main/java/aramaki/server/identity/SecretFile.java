package aramaki.server.identity;

import aramaki.model.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// A file whose first line is a secret, and which nobody else can read.
///
/// @param what the secret is, for people
/// @param code of the refusal where it cannot be had
public record SecretFile(Path file, String what, String code) {
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    public String read() {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw Refusal.invalid(code, "others can read " + what + ": chmod 600 " + file);
            }
            var lines = Files.readAllLines(file);
            if (lines.isEmpty() || lines.getFirst().isEmpty()) {
                throw Refusal.invalid(
                        code, file + " is empty; write " + what + " in its first line");
            }
            return lines.getFirst();
        } catch (IOException e) {
            throw Refusal.invalid(code, what + " cannot be read from " + file);
        }
    }
}
