package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.LogId;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Head;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import java.util.ArrayList;
import java.util.List;

/// Walks every log from its first event and says what does not fit: chain, payload hashes, signed
/// heads, and that a system's id is the hash of the document that created it.
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
        public boolean ok() {
            return problems.isEmpty();
        }
    }

    public Report run() {
        return store.read(this::walk);
    }

    private Report walk(Tx tx) {
        var walk = new Walk();
        var logs = events.logs(tx);
        for (var log : logs) {
            walkLog(tx, log, walk);
        }
        return new Report(logs.size(), walk.events, walk.heads, walk.pruned, walk.problems);
    }

    private void walkLog(Tx tx, LogId log, Walk walk) {
        var end = new EventStore.End(0, 0, Hash.NONE);
        long signedSeq = signedSeq(tx, log, walk);
        Hash atSigned = Hash.NONE;
        while (true) {
            var page = events.ofLog(tx, log, end.epoch(), end.seq(), PAGE);
            for (var event : page) {
                end = walkEvent(event, log, end, walk);
                if (end.seq() == signedSeq) {
                    atSigned = end.hash();
                }
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        if (!events.end(tx, log).equals(end)) {
            walk.problem(log, end.seq(), "the log's recorded end is not where its events end");
        }
        if (signedSeq > end.seq()) {
            walk.problem(log, signedSeq, "a signed head says the log was longer: events are lost");
        } else if (signedSeq > 0 && !atSigned.equals(walk.signedHash)) {
            walk.problem(
                    log, signedSeq, "the signed head names another hash: the log was rewritten");
        }
    }

    private long signedSeq(Tx tx, LogId log, Walk walk) {
        walk.signedHash = Hash.NONE;
        var bytes = events.head(tx, log);
        if (bytes.isEmpty()) {
            return 0;
        }
        try {
            var head = Head.open(Envelope.read(bytes.get()), logKey);
            walk.heads++;
            walk.signedHash = new Hash(head.hash());
            boolean ours =
                    head.system().equals(log.system().value())
                            && head.log().equals(log.eventClass().word());
            if (ours) {
                return head.seq();
            }
            walk.problem(log, head.seq(), "the signed head is of another log");
        } catch (Refusal e) {
            walk.problem(log, 0, "the signed head does not verify: " + e.text());
        }
        return 0;
    }

    private static EventStore.End walkEvent(
            StoredEvent event, LogId log, EventStore.End before, Walk walk) {
        var header = event.header();
        long seq = header.seq();
        walk.events++;
        if (!header.log().equals(log)) {
            walk.problem(log, seq, "the header names another log");
        }
        if (seq != before.seq() + 1) {
            walk.problem(log, seq, "expected seq " + (before.seq() + 1));
        }
        if (!header.prev().equals(before.hash())) {
            walk.problem(log, seq, "does not chain to the event before it");
        }
        byte[] payload = event.payload();
        if (payload == null) {
            walk.pruned++;
        } else {
            if (!EventBytes.payloadHash(event.salt(), payload).equals(header.payloadHash())) {
                walk.problem(log, seq, "the payload is not what the header's hash says");
            }
            if (header.type().equals(EventType.SYSTEM_CREATED.word())) {
                SystemId id = EventBytes.systemId(payload);
                if (!id.equals(log.system())) {
                    walk.problem(log, seq, "the creating document hashes to another system id");
                }
            }
        }
        return new EventStore.End(header.epoch(), seq, event.hash());
    }

    private static final class Walk {
        private long events;
        private long pruned;
        private int heads;
        private Hash signedHash = Hash.NONE;
        private final List<String> problems = new ArrayList<>();

        void problem(LogId log, long seq, String what) {
            if (problems.size() < MAX_PROBLEMS) {
                problems.add(log + " seq " + seq + ": " + what);
            }
        }
    }
}
