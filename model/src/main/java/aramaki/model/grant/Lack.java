package aramaki.model.grant;

import java.util.Locale;

/// Why a grant does not cover an act. The later ones are nearer to covering it.
public enum Lack {
    REVOKED,
    EXPIRED,
    VERB,
    NOT_YET,
    ASLEEP,
    NETWORK,
    PASSKEY;

    /// The stable word for programs.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
