package aramaki.server.access;

import aramaki.model.timeline.Hash;
import aramaki.server.timeline.By;

/// The person behind a request, and the event that let them in, or the grant they act under.
///
/// @param holder under which the grants are held that count for the request: the person's id, or
///     the one of a token with grants of its own
/// @param passkey whether they signed in with a passkey
public record Caller(
        String person, String name, String role, Hash admitted, String holder, boolean passkey) {
    /// What a token with grants of its own is, whoever its person is.
    private static final String TOKEN = "token";

    /// Somebody who acts by what they may do themselves.
    public Caller(String person, String name, String role, Hash admitted) {
        this(person, name, role, admitted, person, false);
    }

    /// The same, acting under a grant.
    public Caller under(Hash grant) {
        return new Caller(person, name, role, grant, holder, passkey);
    }

    /// The same, signed in with a passkey.
    public Caller withPasskey() {
        return new Caller(person, name, role, admitted, holder, true);
    }

    /// A program of this person, which may do only what grants of its own say.
    Caller byToken(String tokenHolder) {
        return new Caller(person, name, TOKEN, admitted, tokenHolder, false);
    }

    /// Whether a program asks that has grants of its own.
    public boolean narrowed() {
        return !holder.equals(person);
    }

    public By by() {
        return By.admitted(person, admitted);
    }
}
