package aramaki.server.access;

import java.time.Instant;

/// A key pair of a person's device; the private half never leaves it.
///
/// @param id of the credential, as its authenticator made it; base64url
/// @param label what the person calls it
/// @param host the name of this server that it is good for
/// @param publicKey as COSE; base64url
/// @param usedAt when it last signed in; the epoch when never
/// @param uses the authenticator's own count, as far as it keeps one
public record Passkey(
        String id,
        String person,
        String label,
        String host,
        String publicKey,
        Instant addedAt,
        Instant usedAt,
        long uses) {}
