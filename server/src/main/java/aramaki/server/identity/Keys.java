package aramaki.server.identity;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyChange;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.protocol.identity.KeyLogFault;
import aramaki.protocol.identity.Positions;
import aramaki.protocol.identity.Positions.Position;
import aramaki.protocol.identity.Purpose;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.EventStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changing the instance's keys: each change is an entry of the key log, and an event that names
// who
/// did it.
public final class Keys {
    private static final int PAGE = 1000;
    private static final Set<String> TYPES =
            Stream.of(EventType.KEY_ADDED, EventType.KEY_ROTATED, EventType.RECOVERY_ROTATED)
                    .map(EventType::word)
                    .collect(Collectors.toSet());

    private final Identity identity;
    private final Store store;
    private final EventStore events;
    private final EventLog log;
    private final Supplier<SystemId> instanceSystem;
    private final InstantSource clock;
    private final Consumer<String> written;
    private final SecureRandom random = new SecureRandom();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// Who changes keys.
    ///
    /// @param name of the person, or of the host's user
    public record Who(By by, String name) {}

    public Keys(
            Identity identity,
            Store store,
            EventStore events,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            InstantSource clock) {
        this(identity, store, events, log, instanceSystem, clock, _ -> {});
    }

    /// @param written told after each write of a change
    Keys(
            Identity identity,
            Store store,
            EventStore events,
            EventLog log,
            Supplier<SystemId> instanceSystem,
            InstantSource clock,
            Consumer<String> written) {
        this.identity = identity;
        this.store = store;
        this.events = events;
        this.log = log;
        this.instanceSystem = instanceSystem;
        this.clock = clock;
        this.written = written;
    }

    /// Tells after each change.
    public void listen(Runnable changed) {
        listeners.add(changed);
    }

    /// Gives a purpose its first key, or another one than it has, signed by the online keys.
    public KeyLog.Entry renew(Purpose purpose, Who who) {
        var decides = identity.secret(purpose).orElseGet(identity::logKey);
        var entry = renew(purpose, List.of(decides), who);
        changed();
        return entry;
    }

    /// Gives every purpose that has a key another one, signed by recovery keys: for a key that was
    /// stolen or lost.
    public List<KeyLog.Entry> recover(List<SecretKey> recoveryKeys, Who who) {
        requireEnough(recoveryKeys);
        var entries = new ArrayList<KeyLog.Entry>();
        for (var purpose : List.copyOf(identity.keyLog().keys().keySet())) {
            entries.add(renew(purpose, recoveryKeys, who));
        }
        changed();
        return entries;
    }

    /// Refuses recovery keys that are none, or too few; returns their fingerprints.
    public List<String> requireEnough(List<SecretKey> recoveryKeys) {
        var recovery = identity.keyLog().recovery();
        var given = recoveryKeys.stream().map(SecretKey::publicKey).distinct().toList();
        var valid = given.stream().filter(recovery.keys()::contains).toList();
        if (valid.size() < recovery.threshold()) {
            throw Refusal.invalid(
                    KeyLogFault.THRESHOLD.code(),
                    recovery.threshold()
                            + " of the "
                            + recovery.keys().size()
                            + " recovery keys must agree, and "
                            + valid.size()
                            + " of those given "
                            + (valid.size() == 1 ? "is one of them: " : "are of them: ")
                            + String.join(
                                    ", ",
                                    recovery.keys().stream().map(PublicKey::fingerprint).toList()));
        }
        return valid.stream().map(PublicKey::fingerprint).toList();
    }

    /// Takes new recovery keys, signed where the old ones are kept. What changes online keys is not
    /// taken, as their secrets are made here.
    public KeyLog.Entry accept(Envelope entry, Who who) {
        if (!(KeyChange.read(entry) instanceof KeyChange.RotateRecovery)) {
            throw Refusal.invalid(
                    "not-recovery-keys",
                    "only new recovery keys are taken from elsewhere; online keys are made by the"
                            + " server");
        }
        identity.change(record(entry, null, who));
        changed();
        return identity.keyLog().entries().getLast();
    }

    private KeyLog.Entry renew(Purpose purpose, List<SecretKey> signers, Who who) {
        var fresh = SecretKey.generate(random);
        var unchanging = identity.unchanging();
        unchanging.lock(); // or the old key would sign beyond what is said here
        try {
            boolean signsLogs = purpose == Purpose.LOG;
            var ends = signsLogs ? store.read(this::ends) : Positions.NONE;
            var entry =
                    new KeyLogEntries(identity.keyLog(), clock.instant(), signers)
                            .fresh(purpose, fresh, ends);
            identity.change(
                    record(entry, signsLogs ? ends.all() : null, who), purpose, fresh, written);
            return identity.keyLog().entries().getLast();
        } finally {
            unchanging.unlock();
        }
    }

    private static KeyRecord record(Envelope entry, @Nullable List<Position> validUpTo, Who who) {
        String grant = who.by().grant().map(Hash::hex).orElse(null);
        return new KeyRecord(entry, validUpTo, who.by().actor(), grant, who.name());
    }

    private Positions ends(Tx tx) {
        return new Positions(
                events.logs(tx).stream()
                        .map(
                                log -> {
                                    var end = events.end(tx, log);
                                    return new Position(
                                            log.system().value(),
                                            log.eventClass().word(),
                                            end.epoch(),
                                            end.seq(),
                                            end.hash().hex());
                                })
                        .toList());
    }

    private void changed() {
        tell();
        listeners.forEach(Runnable::run);
    }

    /// Tells in the log of the instance what its key log says and no event does yet: what was just
    /// done, and at a start what a kill left untold.
    public void tell() {
        var records = identity.history().records();
        if (records.isEmpty()) {
            return;
        }
        store.write(
                tx -> {
                    var told = told(tx);
                    var entries = identity.keyLog().entries();
                    for (int i = 0; i < records.size(); i++) {
                        if (!told.contains(entries.get(i).hash().hex())) {
                            tell(tx, entries.get(i), records.get(i));
                        }
                    }
                    return told.size();
                });
        written.accept("event");
    }

    /// It has happened, so it is told, though whoever did it may do nothing any more: then by the
    /// instance, and the payload names them.
    private void tell(Tx tx, KeyLog.Entry entry, KeyRecord record) {
        var payload = payload(entry, record.who());
        try {
            append(tx, entry, payload, record.by());
        } catch (Refusal e) {
            if (e.reason() != Refusal.Reason.FORBIDDEN) {
                throw e;
            }
            append(tx, entry, payload, By.instance(identity.id()));
        }
    }

    private void append(Tx tx, KeyLog.Entry entry, Payload payload, By by) {
        log.append(tx, instanceSystem.get(), payload, entry.change().at(), by);
    }

    private static Payload payload(KeyLog.Entry entry, String who) {
        String hash = entry.hash().hex();
        String signedBy = entry.byRecovery() ? "recovery" : "online";
        return switch (entry.change()) {
            case KeyChange.Add add ->
                    new Payload.KeyAdded(hash, add.purpose(), add.key(), signedBy, who);
            case KeyChange.Rotate rotate ->
                    new Payload.KeyRotated(
                            hash, rotate.purpose(), rotate.key(), rotate.replaces(), signedBy, who);
            case KeyChange.RotateRecovery rotate ->
                    new Payload.RecoveryRotated(
                            hash, rotate.recoveryKeys(), rotate.recoveryThreshold(), who);
        };
    }

    /// Hashes of the entries that events tell of.
    private Set<String> told(Tx tx) {
        var told = new HashSet<String>();
        long position = 0;
        while (true) {
            var page = events.ofTypes(tx, TYPES, position, PAGE);
            for (var event : page) {
                switch (event.data().orElse(null)) {
                    case Payload.KeyAdded p -> told.add(p.entry());
                    case Payload.KeyRotated p -> told.add(p.entry());
                    case Payload.RecoveryRotated p -> told.add(p.entry());
                    case null, default -> {} // cannot be read: told twice rather than not at all
                }
            }
            if (page.size() < PAGE) {
                return told;
            }
            position = page.getLast().position();
        }
    }
}
