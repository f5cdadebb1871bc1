package aramaki.protocol.log;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.HybridTime;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Base32;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Digests;
import aramaki.protocol.crypto.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How an event becomes bytes, and what those bytes hash to. The stored header bytes are the truth:
/// they are kept and passed on as they were written, never written again from a parsed form.
public final class EventBytes {
    private static final byte[] EVENT = "evt1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAYLOAD = "pay1".getBytes(StandardCharsets.US_ASCII);

    private static final String SYSTEM_CREATED = "application/vnd.aramaki.system-created.v1+json";

    /// Length of the random salt that keeps a pruned payload from being guessed by its hash.
    public static final int SALT = 16;

    private EventBytes() {}

    public static byte[] header(EventHeader header) {
        return Json.bytes(Wire.of(header));
    }

    public static EventHeader parse(byte[] header) {
        return Json.read(header, Wire.class).toModel();
    }

    public static Hash hash(byte[] header) {
        return Hash.of(Digests.sha256(EVENT, header));
    }

    public static Hash payloadHash(byte[] salt, byte[] payload) {
        return Hash.of(Digests.sha256(PAYLOAD, salt, payload));
    }

    /// The id of the system that this `system.created` payload creates.
    public static SystemId systemId(byte[] createdPayload) {
        byte[] pae = Envelope.pae(SYSTEM_CREATED, createdPayload);
        return new SystemId("s_" + Base32.encode(Digests.sha256(pae)));
    }

    /// The header as it stands in the log; the order of components is the order of bytes.
    private record Wire(
            String system,
            String log,
            long epoch,
            long seq,
            String prev,
            String type,
            Instant at,
            List<Long> recordedAt,
            String actor,
            @Nullable String grant,
            @Nullable String origin,
            String payloadHash)
            implements Json.Whole {

        static Wire of(EventHeader h) {
            return new Wire(
                    h.log().system().value(),
                    h.log().eventClass().word(),
                    h.epoch(),
                    h.seq(),
                    h.prev().hex(),
                    h.type(),
                    h.at(),
                    List.of(h.recordedAt().wallMillis(), (long) h.recordedAt().counter()),
                    h.actor(),
                    h.grant().map(Hash::hex).orElse(null),
                    h.origin().orElse(null),
                    h.payloadHash().hex());
        }

        EventHeader toModel() {
            if (recordedAt.size() != 2) {
                throw Refusal.invalid("bad-event", "recordedAt is no pair of time and counter");
            }
            try {
                return new EventHeader(
                        new LogId(new SystemId(system), EventClass.ofWord(log)),
                        epoch,
                        seq,
                        new Hash(prev),
                        type,
                        at,
                        new HybridTime(recordedAt.get(0), Math.toIntExact(recordedAt.get(1))),
                        actor,
                        Optional.ofNullable(grant).map(Hash::new),
                        Optional.ofNullable(origin),
                        new Hash(payloadHash));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw Refusal.invalid("bad-event", "not an event header: " + e.getMessage());
            }
        }
    }
}
