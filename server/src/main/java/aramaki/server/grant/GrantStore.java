package aramaki.server.grant;

import aramaki.model.grant.Grant;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The port behind `Grants`.
public interface GrantStore {
    /// That a grant covers a system, by an event in that system's own log.
    record Cover(Hash event, Hash grant, SystemId system) {}

    List<Grant> all(Tx tx);

    /// Those that hold.
    List<Cover> covers(Tx tx);

    void add(Tx tx, Grant grant);

    void end(Tx tx, Hash grant, Instant at);

    void wake(Tx tx, Hash grant, Instant until);

    void cover(Tx tx, Cover cover);

    void uncover(Tx tx, Hash event);

    /// The grant that an act names: by its own hash, or by the event with which it covers a system,
    /// as long as it does.
    Optional<Grant> named(Tx tx, Hash hash);

    /// What people call a holder; the id where there is no name.
    String nameOf(Tx tx, String holder);

    /// The person whose token with grants of its own this is.
    Optional<String> personOfToken(Tx tx, String holder);

    /// Whether this is a person who may not come in any more.
    boolean shutOut(Tx tx, String person);

    /// Whether this is the event that let somebody in, who is still welcome.
    boolean admitted(Tx tx, String person, Hash hash);
}
