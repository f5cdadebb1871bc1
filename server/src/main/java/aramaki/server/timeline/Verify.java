package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.HybridTime;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Head;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore.RawEvent;
import aramaki.server.timeline.EventStore.RawLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Walks every log from its first event and says what does not fit: chain, payload hashes, signed
/// heads, that a system's id is the hash of the document that created it, and what was folded from
/// them. It believes nothing that lies in the store, so that no damage keeps it from finding the
/// rest. All in one walk: hashes are made beside it, in parallel.
public final class Verify {
    private static final int PAGE = 1000;
    private static final int MAX_PROBLEMS = 100;
    private static final int MAX_LOST = 100_000;
    private static final Comparator<RawLog> PUBLIC_FIRST =
            Comparator.comparing(log -> !log.eventClass().equals(EventClass.PUBLIC.word()));

    private final Store store;
    private final EventStore events;
    private final Supplier<LogKeys> keys;
    private final Function<Tx, List<Fold>> folds;

    /// The logs alone.
    public Verify(Store store, EventStore events, PublicKey logKey) {
        this(store, events, () -> LogKeys.only(logKey), _ -> List.of());
    }

    /// @param keys those of now and those before; asked again in each run
    /// @param folds what is made of the logs, begun anew
    public Verify(
            Store store,
            EventStore events,
            Supplier<LogKeys> keys,
            Function<Tx, List<Fold>> folds) {
        this.store = store;
        this.events = events;
        this.keys = keys;
        this.folds = folds;
    }

    /// What was walked and what was wrong; no problems means that everything fits.
    ///
    /// @param pruned events whose payload is gone by policy; their header still chains
    public record Report(int logs, long events, int heads, long pruned, List<String> problems) {
        public Report {
            problems = List.copyOf(problems);
        }

        public boolean ok() {
            return problems.isEmpty();
        }
    }

    public Report run() {
        var before = keys.get(); // what they say of the logs was so before the logs are read
        return store.read(tx -> walk(tx, before));
    }

    private Report walk(Tx tx, LogKeys before) {
        var found = new Found();
        List<RawLog> logs = found.or(List.of(), () -> events.rawLogs(tx));
        var now = keys.get(); // and these may have signed what was read
        List<Fold> folding = found.or(List.of(), () -> folds.apply(tx));
        for (var log : logs.stream().sorted(PUBLIC_FIRST).toList()) {
            new Walk(log, found, folding, now, Promised.of(log, before)).walk(tx);
        }
        for (var fold : folding) {
            found.or(List.<String>of(), () -> fold.differences(tx)).forEach(found::problem);
        }
        begun(found);
        return new Report(
                logs.size(), found.events, found.heads, found.pruned, found.allProblems());
    }

    /// A new epoch without a record of the restore that it began with hides that a log was cut.
    private static void begun(Found found) {
        for (var begun : found.begun) {
            if (begun.seq() > 0 && !found.restores.contains(begun.key())) {
                found.problem(
                        begun.log().system()
                                + "/"
                                + begun.log().eventClass()
                                + " seq 1: begins epoch "
                                + begun.epoch()
                                + " after seq "
                                + begun.seq()
                                + ", and no restore is recorded that left it there");
            }
        }
    }

    /// A log that goes on in a new epoch, and where it stood before.
    private record Begun(RawLog log, long epoch, long before, long seq, Hash hash) {
        String key() {
            return key(log.system(), epoch, log.eventClass(), before, seq, hash.hex());
        }

        static String key(
                String system, long epoch, String log, long before, long seq, String hash) {
            return String.join(" ", system, "" + epoch, log, "" + before, "" + seq, hash);
        }
    }

    /// What was found over all logs.
    private static final class Found {
        private final List<Begun> begun = new ArrayList<>();
        private final Set<String> restores = new HashSet<>();
        private long events;
        private long pruned;
        private int heads;
        private long wrong;
        private final List<String> problems = new ArrayList<>();

        /// What cannot be read because the file is damaged is a problem, and no end.
        <T> T or(T otherwise, Supplier<T> reading) {
            try {
                return reading.get();
            } catch (Refusal e) {
                problem(e.text());
                return otherwise;
            }
        }

        void problem(String what) {
            if (wrong++ < MAX_PROBLEMS) {
                problems.add(what);
            }
        }

        List<String> allProblems() {
            if (wrong > MAX_PROBLEMS) {
                problems.add("and " + (wrong - MAX_PROBLEMS) + " more");
            }
            return problems;
        }
    }

    /// An event with what of it takes time to make, made beside the walk.
    ///
    /// @param why its header cannot be read; else empty
    private record Read(
            RawEvent raw,
            Hash hash,
            Optional<EventHeader> header,
            String why,
            boolean payloadFits) {
        static Read of(RawEvent event) {
            var hash = EventBytes.hash(event.header());
            try {
                var header = EventBytes.parse(event.header());
                byte[] payload = event.payload();
                boolean fits =
                        payload == null
                                || EventBytes.payloadHash(event.salt(), payload)
                                        .equals(header.payloadHash());
                return new Read(event, hash, Optional.of(header), "", fits);
            } catch (Refusal e) {
                return new Read(event, hash, Optional.empty(), e.text(), false);
            }
        }

        StoredEvent stored(EventHeader header) {
            return new StoredEvent(
                    raw.position(), hash, header, raw.header(), raw.salt(), raw.payload());
        }
    }

    /// The way through one log.
    private final class Walk {
        private final RawLog log;
        private final LogKeys keysNow;
        private final Promised promised;
        private final Found found;
        private final List<Fold> folds;
        private long epoch;
        private long seq;
        private Hash hash = Hash.NONE;
        private HybridTime recordedAt = HybridTime.ZERO;
        private Optional<Hash> atHead = Optional.empty();
        private boolean damaged;

        /// The seqs of events that cannot be read.
        private final Set<Long> lost = new HashSet<>();

        Walk(RawLog log, Found found, List<Fold> folds, LogKeys keysNow, Promised promised) {
            this.log = log;
            this.found = found;
            this.folds = folds;
            this.keysNow = keysNow;
            this.promised = promised;
        }

        void walk(Tx tx) {
            var head = head();
            while (true) {
                var page = page(tx);
                var read = page.parallelStream().map(Read::of).toList();
                read.forEach(event -> walk(tx, event, head));
                if (page.size() < PAGE && !damaged) {
                    break;
                }
            }
            boolean ends =
                    log.epoch() == epoch && log.seq() == seq && log.hash().equals(hash.hex());
            if (!ends) {
                problem(seq, "the log's recorded end is not where its events end");
            }
            head.ifPresent(this::compare);
            promised.broken().forEach(this::problem);
        }

        /// The next events; where the file is damaged, one by one beyond what cannot be read.
        private List<RawEvent> page(Tx tx) {
            damaged = false;
            try {
                return events.rawEvents(tx, log, epoch, seq, PAGE);
            } catch (Refusal e) {
                damaged = true;
                return oneByOne(tx, e.text());
            }
        }

        private List<RawEvent> oneByOne(Tx tx, String why) {
            var page = new ArrayList<RawEvent>();
            long at = seq;
            long from = 0; // of the events in a row that cannot be read
            while (page.size() < PAGE && at < log.seq() && lost.size() < MAX_LOST) {
                try {
                    var next = events.rawEvents(tx, log, epoch, at, 1);
                    tellLost(from, at, why);
                    from = 0;
                    if (next.isEmpty() || next.getFirst().epoch() != epoch) {
                        break;
                    }
                    page.addAll(next);
                    at = next.getFirst().seq();
                } catch (Refusal e) {
                    lost.add(++at);
                    from = from == 0 ? at : from;
                }
            }
            tellLost(from, at, why);
            damaged = page.size() == PAGE;
            return page;
        }

        private void tellLost(long from, long to, String why) {
            if (from > 0) {
                problem(
                        from,
                        (from == to ? "cannot be read" : "and up to " + to + " cannot be read")
                                + ": "
                                + why);
            }
        }

        private void walk(Tx tx, Read read, Optional<Head> head) {
            var event = read.raw();
            found.events++;
            boolean goesOn = event.epoch() == epoch && event.seq() == seq + 1;
            boolean begins = event.epoch() > epoch && event.seq() == 1;
            boolean afterLost = event.epoch() == epoch && lost.contains(event.seq() - 1);
            if (!goesOn && !begins && !afterLost) {
                problem(event.seq(), "expected seq " + (seq + 1) + " of epoch " + epoch);
            }
            if (begins) {
                found.begun.add(new Begun(log, event.epoch(), epoch, seq, hash));
            }
            if (!read.hash().hex().equals(event.hash())) {
                problem(event.seq(), "the header is not what its recorded hash says");
            }
            read.header()
                    .ifPresentOrElse(
                            header -> walk(tx, read, header, afterLost),
                            () -> problem(event.seq(), "the header cannot be read: " + read.why()));
            epoch = event.epoch();
            seq = event.seq();
            hash = read.hash();
            promised.walked(epoch, seq, hash);
            if (head.isPresent() && head.get().epoch() == epoch && head.get().seq() == seq) {
                atHead = Optional.of(hash);
            }
        }

        private void walk(Tx tx, Read read, EventHeader header, boolean afterLost) {
            var event = read.raw();
            if (!header.log().toString().equals(name())) {
                problem(event.seq(), "the header names another log");
            }
            if (header.seq() != event.seq() || header.epoch() != event.epoch()) {
                problem(event.seq(), "the header says seq " + header.seq());
            }
            if (!afterLost && !header.prev().equals(hash)) {
                problem(event.seq(), "does not chain to the event before it");
            }
            if (header.recordedAt().compareTo(recordedAt) <= 0) {
                problem(event.seq(), "was recorded before the event before it");
            }
            recordedAt = header.recordedAt();
            payload(event, read, header);
            if (read.payloadFits()) {
                var whole = read.stored(header);
                folds.forEach(fold -> fold.see(tx, whole));
            }
        }

        private void payload(RawEvent event, Read read, EventHeader header) {
            boolean creates = header.type().equals(EventType.SYSTEM_CREATED.word());
            byte[] payload = event.payload();
            if (payload == null) {
                found.pruned++;
                if (creates) {
                    problem(event.seq(), "the document that created the system is gone");
                }
                return;
            }
            if (!read.payloadFits()) {
                problem(event.seq(), "the payload is not what the header's hash says");
            }
            if (header.type().equals(EventType.INSTANCE_RESTORED.word())) {
                restored(event.seq(), payload);
            }
            if (creates && !EventBytes.systemId(payload).value().equals(log.system())) {
                problem(event.seq(), "the creating document hashes to another system id");
            }
        }

        private void restored(long where, byte[] payload) {
            try {
                var restored = Json.read(payload, Payload.InstanceRestored.class);
                for (var end : restored.ends()) {
                    found.restores.add(
                            Begun.key(
                                    log.system(),
                                    restored.epoch(),
                                    end.log(),
                                    end.epoch(),
                                    end.seq(),
                                    end.hash()));
                }
            } catch (Refusal e) {
                problem(where, "the record of a restore cannot be read: " + e.text());
            }
        }

        /// The signed head of this log; empty, and a problem where there should be one, otherwise.
        private Optional<Head> head() {
            if (log.head().isEmpty()) {
                if (log.headSeq() > 0) {
                    problem(log.headSeq(), "the signed head is gone");
                }
                return Optional.empty();
            }
            try {
                var head = Head.open(Envelope.read(log.head().get()), keysNow);
                found.heads++;
                if (name().equals(head.system() + "/" + head.log())) {
                    return Optional.of(head);
                }
                problem(head.seq(), "the signed head is of another log");
            } catch (Refusal e) {
                problem(log.headSeq(), "the signed head does not verify: " + e.text());
            }
            return Optional.empty();
        }

        private void compare(Head head) {
            boolean longer = head.epoch() > epoch || (head.epoch() == epoch && head.seq() > seq);
            if (longer) {
                problem(head.seq(), "a signed head says the log was longer: events are lost");
            } else if (!atHead.map(Hash::hex).equals(Optional.ofNullable(head.hash()))) {
                problem(head.seq(), "the signed head names another hash: the log was rewritten");
            }
        }

        private String name() {
            return log.system() + "/" + log.eventClass();
        }

        private void problem(long where, String what) {
            found.problem(name() + " seq " + where + ": " + what);
        }
    }
}
