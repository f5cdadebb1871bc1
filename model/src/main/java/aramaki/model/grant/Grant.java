package aramaki.model.grant;

import aramaki.model.timeline.Hash;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A permission that somebody gave: who holds it, on which systems, to do what, until when.
///
/// @param id hash of the event that gave it
/// @param holder a person `p_`, a token `t_`, an agent `a_`, or an instance `i_`
/// @param parent the grant it was passed on from; empty when it came from an owner's own right
/// @param emergency it sleeps until its holder invokes it with a reason
/// @param awakeUntil how long it was invoked for; empty when it never was
/// @param ended when it was revoked, or what it was passed on from was
public record Grant(
        Hash id,
        String holder,
        Reach reach,
        Terms terms,
        String reason,
        Optional<Hash> parent,
        String giver,
        Instant givenAt,
        boolean emergency,
        Optional<Instant> awakeUntil,
        Optional<Instant> ended) {

    /// How it stands at one moment.
    public enum State {
        ACTIVE,
        WAITING,
        ASLEEP,
        EXPIRED,
        REVOKED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public State state(Instant now) {
        if (ended.isPresent()) {
            return State.REVOKED;
        }
        if (!now.isBefore(terms.expiresAt())) {
            return State.EXPIRED;
        }
        if (now.isBefore(terms.notBefore())) {
            return State.WAITING;
        }
        boolean awake = !emergency || awakeUntil.filter(now::isBefore).isPresent();
        return awake ? State.ACTIVE : State.ASLEEP;
    }

    /// Why it does not cover an act; empty when it does.
    public Optional<Lack> lacks(Act act) {
        if (ended.isPresent()) {
            return Optional.of(Lack.REVOKED);
        }
        var lack = terms.lacks(act);
        if (lack.isEmpty() && emergency && awakeUntil.filter(act.at()::isBefore).isEmpty()) {
            return Optional.of(Lack.ASLEEP);
        }
        return lack;
    }

    /// Whether it may still come to cover something.
    public boolean alive(Instant now) {
        return ended.isEmpty() && now.isBefore(terms.expiresAt());
    }

    public Grant invoked(Instant until) {
        return new Grant(
                id,
                holder,
                reach,
                terms,
                reason,
                parent,
                giver,
                givenAt,
                emergency,
                Optional.of(until),
                ended);
    }

    public Grant ended(Instant at) {
        return new Grant(
                id,
                holder,
                reach,
                terms,
                reason,
                parent,
                giver,
                givenAt,
                emergency,
                awakeUntil,
                Optional.of(at));
    }
}
