package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.HybridTime;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Head;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore.RawEvent;
import aramaki.server.timeline.EventStore.RawLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Walks every log from its first event and says what does not fit: chain, payload hashes, signed
/// heads, and that a system's id is the hash of the document that created it. It believes nothing
/// that lies in the store, so that no damage keeps it from finding the rest.
public final class Verify {
    private static final int PAGE = 1000;
    private static final int MAX_PROBLEMS = 100;

    private final Store store;
    private final EventStore events;
    private final PublicKey logKey;

    public Verify(Store store, EventStore events, PublicKey logKey) {
        this.store = store;
        this.events = events;
        this.logKey = logKey;
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
        return store.read(this::walk);
    }

    private Report walk(Tx tx) {
        var found = new Found();
        var logs = events.rawLogs(tx);
        for (var log : logs) {
            new Walk(log, found).walk(tx);
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
                        begun.log().system() + "/" + begun.log().eventClass(),
                        1,
                        "begins epoch "
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

        void problem(String log, long where, String what) {
            if (wrong++ < MAX_PROBLEMS) {
                problems.add(log + " seq " + where + ": " + what);
            }
        }

        List<String> allProblems() {
            if (wrong > MAX_PROBLEMS) {
                problems.add("and " + (wrong - MAX_PROBLEMS) + " more");
            }
            return problems;
        }
    }

    /// The way through one log.
    private final class Walk {
        private final RawLog log;
        private final Found found;
        private long epoch;
        private long seq;
        private Hash hash = Hash.NONE;
        private HybridTime recordedAt = HybridTime.ZERO;
        private Optional<Hash> atHead = Optional.empty();

        Walk(RawLog log, Found found) {
            this.log = log;
            this.found = found;
        }

        void walk(Tx tx) {
            var head = head();
            while (true) {
                var page = events.rawEvents(tx, log, epoch, seq, PAGE);
                page.forEach(event -> walk(event, head));
                if (page.size() < PAGE) {
                    break;
                }
            }
            boolean ends =
                    log.epoch() == epoch && log.seq() == seq && log.hash().equals(hash.hex());
            if (!ends) {
                problem(seq, "the log's recorded end is not where its events end");
            }
            head.ifPresent(this::compare);
        }

        private void walk(RawEvent event, Optional<Head> head) {
            found.events++;
            boolean goesOn = event.epoch() == epoch && event.seq() == seq + 1;
            boolean begins = event.epoch() > epoch && event.seq() == 1;
            if (!goesOn && !begins) {
                problem(event.seq(), "expected seq " + (seq + 1) + " of epoch " + epoch);
            }
            if (begins) {
                found.begun.add(new Begun(log, event.epoch(), epoch, seq, hash));
            }
            var actual = EventBytes.hash(event.header());
            if (!actual.hex().equals(event.hash())) {
                problem(event.seq(), "the header is not what its recorded hash says");
            }
            header(event).ifPresent(header -> walk(event, header));
            epoch = event.epoch();
            seq = event.seq();
            hash = actual;
            if (head.isPresent() && head.get().epoch() == epoch && head.get().seq() == seq) {
                atHead = Optional.of(actual);
            }
        }

        private Optional<EventHeader> header(RawEvent event) {
            try {
                return Optional.of(EventBytes.parse(event.header()));
            } catch (Refusal e) {
                problem(event.seq(), "the header cannot be read: " + e.text());
                return Optional.empty();
            }
        }

        private void walk(RawEvent event, EventHeader header) {
            if (!header.log().toString().equals(name())) {
                problem(event.seq(), "the header names another log");
            }
            if (header.seq() != event.seq() || header.epoch() != event.epoch()) {
                problem(event.seq(), "the header says seq " + header.seq());
            }
            if (!header.prev().equals(hash)) {
                problem(event.seq(), "does not chain to the event before it");
            }
            if (header.recordedAt().compareTo(recordedAt) <= 0) {
                problem(event.seq(), "was recorded before the event before it");
            }
            recordedAt = header.recordedAt();
            payload(event, header);
        }

        private void payload(RawEvent event, EventHeader header) {
            boolean creates = header.type().equals(EventType.SYSTEM_CREATED.word());
            byte[] payload = event.payload();
            if (payload == null) {
                found.pruned++;
                if (creates) {
                    problem(event.seq(), "the document that created the system is gone");
                }
                return;
            }
            if (!EventBytes.payloadHash(event.salt(), payload).equals(header.payloadHash())) {
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
                var head = Head.open(Envelope.read(log.head().get()), logKey);
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
            found.problem(name(), where, what);
        }
    }
}
