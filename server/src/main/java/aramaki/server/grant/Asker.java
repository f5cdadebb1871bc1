package aramaki.server.grant;

import aramaki.model.timeline.Hash;
import java.net.InetAddress;
import java.util.Optional;

/// Who is about to act, as far as grants care.
///
/// @param holder id under which grants are held: of the person, or of a token with grants of its
///     own
/// @param actor id of who the act is of: of the person, also when a token of theirs asks
/// @param name for people
/// @param root the event that made this person an owner of the instance, who needs no grant
/// @param passkey whether they signed in with a passkey
/// @param from where they come from; empty for what acts by itself
public record Asker(
        String holder,
        String actor,
        String name,
        Optional<Hash> root,
        boolean passkey,
        Optional<InetAddress> from) {}
