package aramaki.protocol.crypto;

import aramaki.model.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// An Ed25519 private key. Never printed; stored in a file only its owner can read.
public final class SecretKey {
    private final Ed25519PrivateKeyParameters key;
    private final PublicKey publicKey;

    private SecretKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
        this.publicKey = new PublicKey(Base64Url.encode(key.generatePublicKey().getEncoded()));
    }

    public static SecretKey generate(SecureRandom random) {
        return new SecretKey(new Ed25519PrivateKeyParameters(random));
    }

    /// The key made from a 32-byte seed.
    public static SecretKey ofSeed(byte[] seed) {
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw Refusal.invalid("bad-key", "the seed of an Ed25519 key has 32 bytes");
        }
        return new SecretKey(new Ed25519PrivateKeyParameters(seed.clone()));
    }

    /// Reads what `store` wrote: the first line that is not a comment.
    public static SecretKey load(Path file) throws IOException {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                return ofSeed(Base64Url.decode(line.strip()));
            }
        }
        throw new IOException(file + " holds no key");
    }

    /// Writes the seed to a new file with mode 0600, after the comment lines.
    public void store(Path file, String comment) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String text = comment.lines().map(l -> "# " + l + "\n").reduce("", String::concat);
        try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(
                    StandardCharsets.UTF_8.encode(
                            text + Base64Url.encode(key.getEncoded()) + "\n"));
            channel.force(true);
        }
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public byte[] sign(byte[] message) {
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }
}
