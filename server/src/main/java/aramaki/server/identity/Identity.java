package aramaki.server.identity;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.SecretKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;

/// Who this instance is: its signed genesis document, and the online key that signs its logs.
public record Identity(String id, Genesis genesis, Envelope document, SecretKey logKey) {
    /// The files in a data directory that make an instance what it is.
    public static final String DOCUMENT = "genesis.json";

    public static final String LOG_KEY = "log-key";
    public static final String RECOVERY_KEY = "recovery-key";

    private static final String RECOVERY_COMMENT =
            """
            The recovery key of this Aramaki instance.
            Whoever has it can replace the instance's other keys.
            MOVE THIS FILE OFF THIS MACHINE, to a safe place, and delete it here.""";
    private static final String LOG_COMMENT =
            "The key that signs the logs of this Aramaki instance.";

    /// Reads the identity in this folder, or makes one on first start.
    public static Identity loadOrCreate(Path data, Instant now, SecureRandom random) {
        Path document = data.resolve(DOCUMENT);
        Path logKey = data.resolve(LOG_KEY);
        try {
            if (!Files.exists(document)) {
                refuseOrphans(data);
                create(data, document, logKey, now, random);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("making an identity in " + data, e);
        }
        return load(data);
    }

    /// Reads the identity that is in this folder.
    public static Identity load(Path data) {
        try {
            var envelope = Envelope.read(Files.readAllBytes(data.resolve(DOCUMENT)));
            var genesis = Genesis.open(envelope);
            if (!Files.exists(data.resolve(LOG_KEY))) {
                throw Refusal.conflict(
                        "log-key-missing",
                        data.resolve(LOG_KEY)
                                + " is missing: put back the one that belongs to "
                                + DOCUMENT
                                + ", from where the instance was or from a backup; an export holds"
                                + " no keys");
            }
            var logKey = SecretKey.load(data.resolve(LOG_KEY));
            if (!logKey.publicKey().text().equals(genesis.logKey())) {
                throw Refusal.conflict(
                        "wrong-log-key",
                        data.resolve(LOG_KEY)
                                + " is not the key that genesis.json names: put back the one that"
                                + " belongs to it");
            }
            return new Identity(Genesis.instanceId(envelope), genesis, envelope, logKey);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the identity in " + data, e);
        }
    }

    /// A store without its identity: making a new one would delete the keys that are left.
    private static void refuseOrphans(Path data) {
        if (Files.exists(data.resolve(DataDirectory.STORE))) {
            throw Refusal.conflict(
                    "identity-missing",
                    data.resolve(DOCUMENT)
                            + " is missing beside a store: put it back from a backup, or use"
                            + " another --data");
        }
    }

    /// The document comes last: keys without it are left over from a first start that did not end.
    private static void create(
            Path data, Path document, Path logKey, Instant now, SecureRandom random)
            throws IOException {
        Path recoveryKey = data.resolve(RECOVERY_KEY);
        Files.deleteIfExists(logKey);
        Files.deleteIfExists(recoveryKey);
        var log = SecretKey.generate(random);
        var recovery = SecretKey.generate(random);
        log.store(logKey, LOG_COMMENT);
        recovery.store(recoveryKey, RECOVERY_COMMENT);
        Path temporary = data.resolve("genesis.json.new");
        byte[] bytes = Json.bytes(Genesis.create(log, recovery, now, random));
        try (var channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        Files.move(temporary, document, StandardCopyOption.ATOMIC_MOVE);
    }
}
