package aramaki.server.access;

import java.util.Locale;

/// How somebody showed who they are.
public enum Proof {
    /// A one-time link, from whoever may make one.
    LINK("a one-time link"),
    PASSKEY("a passkey"),
    PASSWORD("a password"),
    /// A recovery code.
    CODE("a recovery code"),
    /// A sign-in at an organisation's own provider, by OpenID Connect.
    OIDC("your organisation's sign-in"),
    /// A token of a program.
    TOKEN("a token"),
    /// The token of the local profile, which only its user can read.
    LOCAL("the local profile");

    private final String words;

    Proof(String words) {
        this.words = words;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// For people.
    public String words() {
        return words;
    }

    public static Proof ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
