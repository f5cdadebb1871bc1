package aramaki.server.grant;

import aramaki.model.Refusal;
import aramaki.model.timeline.Hash;
import aramaki.server.store.Tx;
import aramaki.server.timeline.By;
import aramaki.server.timeline.Gate;
import java.time.Instant;

/// Looks again, within the unit of work that writes an event, whether what a person acts under
/// still holds: a revocation that came before it in order counts, however late the act was decided.
public final class GrantGate implements Gate {
    private final GrantStore grants;

    public GrantGate(GrantStore grants) {
        this.grants = grants;
    }

    @Override
    public void pass(Tx tx, By by, Instant now) {
        if (by.grant().isEmpty() || !by.actor().startsWith("p_") && !by.actor().startsWith("t_")) {
            return; // the instance itself, and agents, who are admitted one by one
        }
        if (grants.shutOut(tx, by.actor())) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN, "person-disabled", "you were shut out meanwhile");
        }
        var hash = by.grant().get();
        if (!grants.admitted(tx, by.actor(), hash) && !holds(tx, hash, now)) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "revoked",
                    "the grant this was asked under holds no more");
        }
    }

    private boolean holds(Tx tx, Hash hash, Instant now) {
        return grants.named(tx, hash).filter(g -> g.alive(now)).isPresent();
    }
}
