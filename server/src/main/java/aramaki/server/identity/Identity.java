package aramaki.server.identity;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.identity.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Who this instance is: its signed genesis, its key log, and the secrets of its keys of now. The
/// genesis never changes; keys do, while everybody reads them.
public final class Identity {
    /// The files in a data directory that make an instance what it is.
    public static final String DOCUMENT = "genesis.json";

    public static final String LOG_KEY = KeyFile.name(Purpose.LOG);
    public static final String RECOVERY_KEY = "recovery-key";

    /// The files of secrets that there may be, the log's first.
    public static final List<String> SECRETS =
            Stream.concat(Stream.of(Purpose.values()).map(KeyFile::name), Stream.of(RECOVERY_KEY))
                    .toList();

    private static final String RECOVERY_COMMENT =
            """
            The recovery key of this Aramaki instance.
            Whoever has it can replace the instance's other keys.
            MOVE THIS FILE OFF THIS MACHINE, to a safe place, and delete it here.""";
    private static final String LOG_COMMENT = "The key that " + Purpose.LOG.meaning() + ".";

    private final Path data;
    private final String id;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Held held;

    /// What belongs together: swapped as one.
    private record Held(KeyHistory history, Map<Purpose, SecretKey> secrets) {}

    private Identity(Path data, Held held) {
        this.data = data;
        this.held = held;
        this.id = held.history().log().instance();
    }

    /// Reads the identity in this folder, or makes one on first start.
    public static Identity loadOrCreate(Path data, Instant now, SecureRandom random) {
        try {
            if (!Files.exists(data.resolve(DOCUMENT))) {
                refuseOrphans(data);
                create(data, now, random);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("making an identity in " + data, e);
        }
        return load(data);
    }

    /// Reads the identity that is in this folder, and finishes a change of keys that was cut off.
    public static Identity load(Path data) {
        var history = KeyHistory.read(data);
        try {
            var secrets = new EnumMap<Purpose, SecretKey>(Purpose.class);
            for (var key : history.log().keys().entrySet()) {
                var file = new KeyFile(data, key.getKey());
                secrets.put(key.getKey(), file.load(key.getValue().key()));
            }
            return new Identity(data, new Held(history, secrets));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the identity in " + data, e);
        }
    }

    /// The same without its secrets, of which any may be lost; good for nothing but replacing them.
    public static Identity forRecovery(Path data) {
        return new Identity(data, new Held(KeyHistory.read(data), Map.of()));
    }

    public String id() {
        return id;
    }

    public Genesis genesis() {
        return keyLog().genesis();
    }

    /// The signed genesis.
    public Envelope document() {
        return keyLog().document();
    }

    public KeyLog keyLog() {
        return held.history().log();
    }

    KeyHistory history() {
        return held.history();
    }

    /// Which keys may have signed the heads of the logs.
    public LogKeys logKeys() {
        return held.history().logKeys();
    }

    /// The secret that signs the logs now.
    public SecretKey logKey() {
        return secret(Purpose.LOG).orElseThrow(); // loaded, or there is no identity
    }

    public Optional<SecretKey> secret(Purpose purpose) {
        return Optional.ofNullable(held.secrets().get(purpose));
    }

    /// Key log and log key of one moment.
    public <T> T signing(BiFunction<KeyLog, SecretKey, T> work) {
        var now = held;
        var logKey = Optional.ofNullable(now.secrets().get(Purpose.LOG)).orElseThrow();
        return work.apply(now.history().log(), logKey);
    }

    /// Who holds it sees no key change.
    public Lock unchanging() {
        return changing;
    }

    /// Puts one more entry of the key log into force. A kill anywhere leaves the keys before or
    // those
    /// after: the secret is on disk before the entry that names it, and the entry before anything
    /// signs with it.
    ///
    /// @param fresh the secret that the entry names for that purpose
    /// @param written told after each write
    void change(KeyRecord record, Purpose purpose, SecretKey fresh, Consumer<String> written) {
        changing.lock();
        try {
            var file = new KeyFile(data, purpose);
            var secrets = new EnumMap<Purpose, SecretKey>(Purpose.class);
            secrets.putAll(held.secrets());
            secrets.put(purpose, fresh);
            var after = new Held(held.history().with(record), secrets);
            file.stage(fresh);
            written.accept("secret");
            after.history().write(data);
            held = after;
            written.accept("entry");
            file.settle();
            written.accept("settled");
        } catch (IOException e) {
            throw new UncheckedIOException("changing the keys in " + data, e);
        } finally {
            changing.unlock();
        }
    }

    /// The same for an entry that brings no secret.
    void change(KeyRecord record) {
        changing.lock();
        try {
            var after = new Held(held.history().with(record), held.secrets());
            after.history().write(data);
            held = after;
        } catch (IOException e) {
            throw new UncheckedIOException("changing the keys in " + data, e);
        } finally {
            changing.unlock();
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
    private static void create(Path data, Instant now, SecureRandom random) throws IOException {
        Path logKey = data.resolve(LOG_KEY);
        Path recoveryKey = data.resolve(RECOVERY_KEY);
        Files.deleteIfExists(logKey);
        Files.deleteIfExists(recoveryKey);
        var log = SecretKey.generate(random);
        var recovery = SecretKey.generate(random);
        log.store(logKey, LOG_COMMENT);
        recovery.store(recoveryKey, RECOVERY_COMMENT);
        WholeFile.force(data);
        WholeFile.write(data, DOCUMENT, Json.bytes(Genesis.create(log, recovery, now, random)));
    }
}
