package aramaki.protocol.log;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.LogKeys;
import java.time.Instant;

/// A signed statement of how far a log goes: whoever holds it can prove later what the log said.
public record Head(String system, String log, long epoch, long seq, String hash, Instant at)
        implements Json.Whole {
    public static final String TYPE = "application/vnd.aramaki.head.v1+json";

    public static Envelope sign(
            LogId log, long epoch, long seq, Hash hash, Instant at, SecretKey key) {
        var head =
                new Head(log.system().value(), log.eventClass().word(), epoch, seq, hash.hex(), at);
        return Envelope.sign(TYPE, Json.bytes(head), key);
    }

    public static Head open(Envelope envelope, PublicKey logKey) {
        return Json.read(envelope.open(TYPE, logKey), Head.class);
    }

    /// By the log key of now, or by one before it if that was still valid at the head's position.
    public static Head open(Envelope envelope, LogKeys keys) {
        for (var old : keys.retired()) {
            if (envelope.isSignedBy(old.key())) {
                var head = open(envelope, old.key());
                if (old.validUpTo().cover(head.system, head.log, head.epoch, head.seq)) {
                    return head;
                }
                throw Refusal.invalid(
                        "retired-key",
                        "signed by a log key that had been replaced before seq " + head.seq);
            }
        }
        return open(envelope, keys.current());
    }
}
