package aramaki.server.http;

import aramaki.model.grant.Verb;

/// What a route wants of who asks. The table of routes decides it for each, so that no new one is
/// forgotten; a test walks all of them as every kind of caller.
public sealed interface Need {
    /// Strangers too: signing in, health, static files.
    Need NOBODY = new Nobody();

    /// Anybody we know, who gets what is theirs and what they may see.
    Need SOMEONE = new Someone();

    /// A person about what is theirs alone: how they sign in, their tokens, what they have seen. No
    /// token with grants of its own, or it could make itself a wider one.
    Need ONESELF = new Oneself();

    record Nobody() implements Need {}

    record Someone() implements Need {}

    record Oneself() implements Need {}

    /// The verb on the system of what a path parameter names.
    record On(Verb verb, String parameter) implements Need {}

    /// The verb on the instance itself.
    record OnInstance(Verb verb) implements Need {}

    /// The verb on each system that the request names in its own way; its handler asks for it.
    record OnNamed(Verb verb) implements Need {}

    static Need on(Verb verb) {
        return on(verb, "system");
    }

    static Need on(Verb verb, String parameter) {
        return new On(verb, parameter);
    }

    static Need onInstance(Verb verb) {
        return new OnInstance(verb);
    }

    static Need onNamed(Verb verb) {
        return new OnNamed(verb);
    }
}
