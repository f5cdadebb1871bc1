package aramaki.cli.admin;

import aramaki.cli.api.Failure;
import aramaki.model.Refusal;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Recovery keys as files: read where they are kept, and made where nobody else is to have them.
final class RecoveryKeyFiles {
    private RecoveryKeyFiles() {}

    static List<SecretKey> read(List<Path> files) {
        return files.stream().map(RecoveryKeyFiles::read).toList();
    }

    private static SecretKey read(Path file) {
        try {
            return SecretKey.load(file);
        } catch (IOException | Refusal e) {
            throw Failure.failed(
                    file + " is no key",
                    String.valueOf(e.getMessage()),
                    "name the files that a recovery key was written to");
        }
    }

    /// Writes new ones into a folder that must hold nothing.
    static List<SecretKey> make(Path folder, int count, int threshold, KeyLog log) {
        if (count < 1 || count > KeyLog.MAX_RECOVERY_KEYS || threshold < 1 || threshold > count) {
            throw Failure.usage(
                    threshold + " of " + count + " recovery keys makes no sense",
                    "1 to "
                            + KeyLog.MAX_RECOVERY_KEYS
                            + " keys, and 1 to all of them must agree: --keys 3 --threshold 2");
        }
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            try (var inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw Failure.usage(
                            folder + " is not empty", "name a folder that does not exist yet");
                }
            }
            var keys = new ArrayList<SecretKey>();
            for (int number = 1; number <= count; number++) {
                var key = SecretKey.generate(new SecureRandom());
                key.store(
                        folder.resolve("recovery-key-" + number),
                        comment(log.instance(), number, count, threshold, key));
                keys.add(key);
            }
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException("writing recovery keys to " + folder, e);
        }
    }

    private static String comment(
            String instance, int number, int count, int threshold, SecretKey key) {
        return "Recovery key "
                + number
                + " of "
                + count
                + " of the Aramaki instance\n"
                + instance
                + "\nFingerprint "
                + key.publicKey().fingerprint()
                + "\nWhoever has "
                + threshold
                + " of them can replace the instance's other keys: keep them apart.";
    }
}
