package aramaki.server.agent;

import aramaki.protocol.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an agent said when it stopped.
///
/// @param kind `stop`, `reboot` or `poweroff`
/// @param backBy when its silence is no longer planned; null for never
public record AnnouncedStop(String kind, Instant at, @Nullable Instant backBy)
        implements Json.Whole {}
