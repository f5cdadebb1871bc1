package aramaki.model.grant;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// What somebody is about to do, as far as a grant cares.
///
/// @param passkey whether they signed in with a passkey
/// @param from where they come from; empty for what acts by itself
public record Act(Verb verb, Instant at, boolean passkey, Optional<InetAddress> from) {}
