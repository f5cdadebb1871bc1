package aramaki.server.identity;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the secret key for a purpose lies. A new one lies beside it until the key log names it,
// and
/// takes its place then; what a kill left half done is finished by the next who loads it.
///
/// @param data the folder it lies in
record KeyFile(Path data, Purpose purpose) {
    static String name(Purpose purpose) {
        return purpose.word() + "-key";
    }

    Path file() {
        return data.resolve(name(purpose));
    }

    private Path next() {
        return data.resolve(name(purpose) + ".new");
    }

    void stage(SecretKey key) throws IOException {
        Files.deleteIfExists(next());
        key.store(next(), "The key that " + purpose.meaning() + ".");
        WholeFile.force(data);
    }

    void settle() throws IOException {
        WholeFile.replace(next(), data, name(purpose));
    }

    /// The secret of this key, wherever a change of keys has left it.
    SecretKey load(PublicKey named) throws IOException {
        var here = ifIs(named, file());
        if (here.isPresent()) {
            Files.deleteIfExists(next());
            return here.get();
        }
        var staged = ifIs(named, next());
        if (staged.isPresent()) {
            settle();
            return staged.get();
        }
        String code = name(purpose);
        if (!Files.exists(file())) {
            throw Refusal.conflict(
                    code + "-missing",
                    file()
                            + " is missing: put back the one that belongs to "
                            + Identity.DOCUMENT
                            + ", from where the instance was or from a backup; an export holds no"
                            + " keys. If it is lost for good: aramaki admin identity recover");
        }
        throw Refusal.conflict(
                "wrong-" + code,
                file()
                        + " is not the key that "
                        + Identity.DOCUMENT
                        + " and "
                        + KeyHistory.FILE
                        + " name: put back the one that belongs to them, or make a new one with the"
                        + " recovery keys: aramaki admin identity recover");
    }

    /// Whether a change of keys that was cut off left the secret of this key here.
    boolean isStaged(PublicKey named) {
        return ifIs(named, next()).isPresent();
    }

    private static Optional<SecretKey> ifIs(PublicKey named, Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(SecretKey.load(file)).filter(k -> k.publicKey().equals(named))
                    : Optional.empty();
        } catch (IOException | Refusal e) {
            return Optional.empty(); // cut or damaged: not that key
        }
    }
}
