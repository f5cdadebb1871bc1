package aramaki.server.access;

import java.time.Instant;

/// Who a person is at their organisation.
///
/// @param issuer the address of the organisation's provider; with the subject it is one person for
///     ever, which an e-mail address is not
/// @param organisation what it was called when it was linked
/// @param usedAt when it last signed in; the epoch when never
public record LinkedIdentity(
        String issuer,
        String subject,
        String person,
        String organisation,
        Instant linkedAt,
        Instant usedAt) {}
