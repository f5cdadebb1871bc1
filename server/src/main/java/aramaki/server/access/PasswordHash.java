package aramaki.server.access;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id with 19 MiB, two passes and one lane. At most two are made at once, so that many who
/// sign in together do not take all memory.
final class PasswordHash {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LENGTH = 32;
    private static final int SALT = 16;
    private static final int PATIENCE_SECONDS = 10;
    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9]{1,2})\\$([\\w-]+)\\$([\\w-]+)");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore atOnce = new Semaphore(2, true);
    private final String nobodys;

    PasswordHash() {
        nobodys =
                form(
                        Base64Url.encode(new byte[SALT]),
                        Base64Url.encode(new byte[LENGTH])); // no password has this hash
    }

    String of(String password) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] hash = argon(password, salt, MEMORY_KIB, PASSES, 1);
        return form(Base64Url.encode(salt), Base64Url.encode(hash));
    }

    private static String form(String salt, String hash) {
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + salt + "$" + hash;
    }

    /// Where there is no password it takes as long as where there is one, and fits none.
    boolean fitsNobody(String password) {
        return fits(password, nobodys);
    }

    boolean fits(String password, String form) {
        var parts = FORM.matcher(form);
        if (!parts.matches()) {
            throw new IllegalStateException("a password's hash is in no form we know");
        }
        byte[] hash =
                argon(
                        password,
                        Base64Url.decode(parts.group(4)),
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)));
        return MessageDigest.isEqual(hash, Base64Url.decode(parts.group(5)));
    }

    private byte[] argon(String password, byte[] salt, int memory, int passes, int lanes) {
        try {
            if (!atOnce.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal(
                        Refusal.Reason.LIMITED,
                        "sign-in-busy",
                        "many people sign in at this moment: try again in a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("interrupted", "interrupted while signing in");
        }
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(memory)
                            .withIterations(passes)
                            .withParallelism(lanes)
                            .withSalt(salt)
                            .build());
            byte[] hash = new byte[LENGTH];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            atOnce.release();
        }
    }
}
