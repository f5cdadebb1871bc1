package aramaki.server.timeline;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.log.EventBytes;
import aramaki.protocol.log.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as it lies in the store: the very bytes that were hashed, and the header read from
/// them.
///
/// @param position order of appending on this instance over all logs; 0 before it is stored
/// @param payload null once pruned or redacted
/// @param redaction who took it away by hand and why, where somebody asked for that
@SuppressWarnings("ArrayRecordComponent") // stored bytes; compared by hash, never by equals
public record StoredEvent(
        long position,
        Hash hash,
        EventHeader header,
        byte[] headerBytes,
        byte[] salt,
        byte @Nullable [] payload,
        Optional<Payload.EventRedacted> redaction) {

    public StoredEvent(
            long position,
            Hash hash,
            EventHeader header,
            byte[] headerBytes,
            byte[] salt,
            byte @Nullable [] payload) {
        this(position, hash, header, headerBytes, salt, payload, Optional.empty());
    }

    public static StoredEvent of(
            long position, byte[] headerBytes, byte[] salt, byte @Nullable [] payload) {
        return new StoredEvent(
                position,
                EventBytes.hash(headerBytes),
                EventBytes.parse(headerBytes),
                headerBytes,
                salt,
                payload);
    }

    /// The payload as its type's record; empty when it was pruned, is of a later version, or is
    /// damaged, which `Verify` tells apart.
    public Optional<Payload> data() {
        byte[] bytes = payload;
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return EventType.ofWord(header.type()).map(t -> Json.read(bytes, Payload.classOf(t)));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    StoredEvent redacted(Payload.EventRedacted told) {
        return new StoredEvent(
                position, hash, header, headerBytes, salt, payload, Optional.of(told));
    }

    StoredEvent at(long newPosition) {
        return new StoredEvent(newPosition, hash, header, headerBytes, salt, payload);
    }
}
