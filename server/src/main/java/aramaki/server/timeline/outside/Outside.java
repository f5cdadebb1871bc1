package aramaki.server.timeline.outside;

import aramaki.protocol.log.Payload;
import java.util.Optional;

/// One event from outside, understood and bounded, before it is in any log.
///
/// @param system the one it names; empty when it names none
public record Outside(Optional<String> system, Payload.EventReceived payload) {}
