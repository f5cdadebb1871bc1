package aramaki.protocol.identity;

import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.identity.KeyChange.Add;
import aramaki.protocol.identity.KeyChange.Rotate;
import aramaki.protocol.identity.KeyChange.RotateRecovery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An instance's keys, from its genesis to now: hash-chained entries, each signed by who may decide
/// it. It exists only when all of it was verified. Whoever knows the hash of the genesis needs
/// nobody's word to read it.
public final class KeyLog {
    /// What a reader takes at most, in bytes of JSON; some two hundred entries.
    public static final int MAX_BYTES = 160 * 1024;

    /// So many recovery keys, so that an envelope has room for old and new ones.
    public static final int MAX_RECOVERY_KEYS = 8;

    private final Envelope document;
    private final Genesis genesis;
    private final List<Entry> entries;
    private final Map<Purpose, Current> keys;
    private final Recovery recovery;
    private final List<Retired> retired;
    private final Set<String> used;
    private final int bytes;

    /// An entry that was verified.
    ///
    /// @param byRecovery whether enough recovery keys signed it
    public record Entry(Envelope envelope, KeyChange change, Hash hash, boolean byRecovery) {}

    /// The key that serves a purpose now.
    public record Current(PublicKey key, Instant since) {}

    /// The keys that decide about all others.
    ///
    /// @param threshold so many must agree
    public record Recovery(List<PublicKey> keys, int threshold, Instant since) {
        public Recovery {
            keys = List.copyOf(keys);
        }

        boolean agreed(Envelope envelope) {
            return keys.stream().filter(envelope::isSignedBy).count() >= threshold;
        }
    }

    /// A log key that was replaced.
    ///
    /// @param validUpTo digest of the positions up to which its heads hold
    public record Retired(PublicKey key, String validUpTo) {}

    private KeyLog(
            Envelope document,
            Genesis genesis,
            List<Entry> entries,
            Map<Purpose, Current> keys,
            Recovery recovery,
            List<Retired> retired,
            Set<String> used,
            int bytes) {
        this.document = document;
        this.genesis = genesis;
        this.entries = Collections.unmodifiableList(entries);
        this.keys = Collections.unmodifiableMap(keys);
        this.recovery = recovery;
        this.retired = Collections.unmodifiableList(retired);
        this.used = used;
        this.bytes = bytes;
    }

    /// The keys an instance began with.
    public static KeyLog of(Envelope document) {
        var genesis = Genesis.open(document);
        var keys = new EnumMap<Purpose, Current>(Purpose.class);
        var logKey = new PublicKey(genesis.logKey());
        keys.put(Purpose.LOG, new Current(logKey, genesis.createdAt()));
        var recovery =
                new Recovery(
                        genesis.recoveryKeys().stream().map(PublicKey::new).toList(),
                        genesis.recoveryThreshold(),
                        genesis.createdAt());
        var used = new HashSet<>(genesis.recoveryKeys());
        used.add(genesis.logKey());
        return new KeyLog(document, genesis, List.of(), keys, recovery, List.of(), used, 0);
    }

    /// Reads and verifies all of it.
    public static KeyLog open(Envelope document, List<Envelope> entries) {
        var log = of(document);
        for (var entry : entries) {
            log = log.with(entry);
        }
        return log;
    }

    /// The same log with one more entry, if it may stand there.
    public KeyLog with(Envelope envelope) {
        int longer = bytes + Json.bytes(envelope).length;
        if (longer > MAX_BYTES) {
            throw KeyLogFault.LENGTH.refusal(
                    "a key log is at most " + MAX_BYTES + " bytes, and this one would be longer");
        }
        var change = KeyChange.read(envelope);
        if (change.seq() != entries.size() + 1L || !change.prev().equals(head().hex())) {
            throw KeyLogFault.CHAIN.refusal(
                    "entry "
                            + change.seq()
                            + " of the key log does not follow on entry "
                            + entries.size()
                            + ": entries are missing, doubled, in another order or of another"
                            + " instance");
        }
        boolean byRecovery = recovery.agreed(envelope);
        var next = new Next(this, envelope, byRecovery);
        switch (change) {
            case Add add -> next.add(add);
            case Rotate rotate -> next.rotate(rotate);
            case RotateRecovery rotate -> next.rotateRecovery(rotate);
        }
        var longerEntries = new ArrayList<>(entries);
        longerEntries.add(new Entry(envelope, change, envelope.hash(), byRecovery));
        return new KeyLog(
                document,
                genesis,
                longerEntries,
                next.keys,
                next.recovery,
                next.retired,
                next.used,
                longer);
    }

    /// What to remember of this log by who knew another before. It may go on from that one, or part
    /// from it where recovery keys decided and they have not spoken on the one that was known; so
    /// who stole an online key can neither keep others on a log of his own nor take a step back.
    public KeyLog after(KeyLog known) {
        int same = 0;
        int shorter = Math.min(entries.size(), known.entries.size());
        while (same < shorter && entries.get(same).hash().equals(known.entries.get(same).hash())) {
            same++;
        }
        if (!document.hash().equals(known.document.hash())) {
            throw KeyLogFault.FORKED.refusal("this key log is of another instance");
        }
        if (same == entries.size() && same < known.entries.size()) {
            throw KeyLogFault.BEHIND.refusal(
                    "this key log has "
                            + entries.size()
                            + " entries, and it had "
                            + known.entries.size()
                            + ": it was cut, or is from an old backup");
        }
        var left = known.entries.subList(same, known.entries.size());
        if (!left.isEmpty()
                && (!entries.get(same).byRecovery() || left.stream().anyMatch(Entry::byRecovery))) {
            throw KeyLogFault.FORKED.refusal(
                    "entry "
                            + (same + 1)
                            + " of this key log is another one than it was: somebody else has a key"
                            + " of this instance, or two copies of it run");
        }
        var kept = known.upTo(same); // with the signatures that were seen on it
        for (var entry : entries.subList(same, entries.size())) {
            kept = kept.with(entry.envelope());
        }
        return kept;
    }

    private KeyLog upTo(int length) {
        return length == entries.size()
                ? this
                : open(document, entries.subList(0, length).stream().map(Entry::envelope).toList());
    }

    public String instance() {
        return Genesis.instanceId(document);
    }

    /// The instance's signed genesis.
    public Envelope document() {
        return document;
    }

    public Genesis genesis() {
        return genesis;
    }

    public List<Entry> entries() {
        return entries;
    }

    /// As they travel.
    public List<Envelope> envelopes() {
        return entries.stream().map(Entry::envelope).toList();
    }

    /// What the next entry follows on.
    public Hash head() {
        return entries.isEmpty() ? document.hash() : entries.getLast().hash();
    }

    /// The keys of now, by purpose.
    public Map<Purpose, Current> keys() {
        return keys;
    }

    public Optional<PublicKey> key(Purpose purpose) {
        return Optional.ofNullable(keys.get(purpose)).map(Current::key);
    }

    public PublicKey logKey() {
        return key(Purpose.LOG).orElseThrow(); // the genesis names one
    }

    public Recovery recovery() {
        return recovery;
    }

    /// Log keys that were replaced, oldest first.
    public List<Retired> retired() {
        return retired;
    }

    /// Whether it ever named that key.
    public boolean knows(PublicKey key) {
        return used.contains(key.text());
    }

    /// What is said about a next entry, and what comes of it.
    private static final class Next {
        private final KeyLog log;
        private final Envelope envelope;
        private final boolean byRecovery;
        private final Map<Purpose, Current> keys;
        private final List<Retired> retired;
        private final Set<String> used;
        private Recovery recovery;

        Next(KeyLog log, Envelope envelope, boolean byRecovery) {
            this.log = log;
            this.envelope = envelope;
            this.byRecovery = byRecovery;
            this.keys = new EnumMap<>(log.keys);
            this.retired = new ArrayList<>(log.retired);
            this.used = new HashSet<>(log.used);
            this.recovery = log.recovery;
        }

        void add(Add add) {
            var purpose = purpose(add.purpose());
            if (log.keys.containsKey(purpose)) {
                throw KeyLogFault.PURPOSE.refusal(
                        "there is a key for " + purpose.word() + " already: it can be rotated");
            }
            fresh(purpose, add.key(), add.at(), log.logKey());
        }

        void rotate(Rotate rotate) {
            var purpose = purpose(rotate.purpose());
            var old =
                    log.key(purpose)
                            .orElseThrow(
                                    () ->
                                            KeyLogFault.PURPOSE.refusal(
                                                    "there is no key for "
                                                            + purpose.word()
                                                            + " yet that could be rotated"));
            if (!rotate.replaces().equals(old.text())) {
                throw KeyLogFault.KEY.refusal(
                        "what is to be replaced is not the key for " + purpose.word());
            }
            String validUpTo = rotate.validUpTo();
            boolean digest = validUpTo != null && validUpTo.matches("[0-9a-f]{64}");
            if (purpose == Purpose.LOG ? !digest : validUpTo != null) {
                throw KeyLogFault.FORMAT.refusal(
                        "a log key, and no other, is replaced with where it was valid up to");
            }
            fresh(purpose, rotate.key(), rotate.at(), old);
            if (validUpTo != null) {
                retired.add(new Retired(old, validUpTo));
            }
        }

        void rotateRecovery(RotateRecovery rotate) {
            int count = rotate.recoveryKeys().size();
            if (count < 1
                    || count > MAX_RECOVERY_KEYS
                    || rotate.recoveryThreshold() < 1
                    || rotate.recoveryThreshold() > count) {
                throw KeyLogFault.THRESHOLD.refusal(
                        "there are 1 to "
                                + MAX_RECOVERY_KEYS
                                + " recovery keys, and 1 to all of them must agree");
            }
            var fresh = rotate.recoveryKeys().stream().map(this::unused).toList();
            if (!byRecovery) {
                throw KeyLogFault.THRESHOLD.refusal(
                        "fewer than " + log.recovery.threshold() + " of the recovery keys signed");
            }
            recovery = new Recovery(fresh, rotate.recoveryThreshold(), rotate.at());
            if (!recovery.agreed(envelope)) {
                throw KeyLogFault.THRESHOLD.refusal(
                        "fewer than " + recovery.threshold() + " of the new recovery keys signed");
            }
        }

        private void fresh(Purpose purpose, String text, Instant at, PublicKey decides) {
            var key = unused(text);
            if (!envelope.isSignedBy(key)) {
                throw KeyLogFault.SIGNATURE.refusal(
                        "the new key for " + purpose.word() + " did not sign");
            }
            if (!byRecovery && !envelope.isSignedBy(decides)) {
                throw KeyLogFault.SIGNATURE.refusal(
                        "neither the online key that decides about "
                                + purpose.word()
                                + " nor "
                                + log.recovery.threshold()
                                + " of the recovery keys signed");
            }
            keys.put(purpose, new Current(key, at));
        }

        private PublicKey unused(String text) {
            var key = new PublicKey(text);
            if (!used.add(text)) {
                throw KeyLogFault.KEY.refusal("a new key has to be new, and this one was there");
            }
            return key;
        }

        private static Purpose purpose(String word) {
            return Purpose.ofWord(word)
                    .orElseThrow(
                            () ->
                                    KeyLogFault.PURPOSE.refusal(
                                            "no key is for "
                                                    + word
                                                    + ", but for log, fed or oidc"));
        }
    }
}
