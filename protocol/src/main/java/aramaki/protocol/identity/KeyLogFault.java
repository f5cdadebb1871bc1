package aramaki.protocol.identity;

import aramaki.model.Refusal;
import java.util.Locale;

/// Why a key log is not believed. The code is `key-log-` and the word.
public enum KeyLogFault {
    /// An entry is not what entries look like.
    FORMAT,
    /// An entry does not follow on the one before it, or on the genesis.
    CHAIN,
    /// No such purpose, or not one that this can be done with.
    PURPOSE,
    /// A key that was there before, or another than the one to be replaced.
    KEY,
    /// Whoever had to sign did not.
    SIGNATURE,
    /// Too few recovery keys signed, or a threshold that means nothing.
    THRESHOLD,
    /// More than anybody reads.
    LENGTH,
    /// Shorter than what was known before: cut, or from an old backup.
    BEHIND,
    /// Another one than was known before, and recovery keys did not say so.
    FORKED;

    public String code() {
        return "key-log-" + name().toLowerCase(Locale.ROOT);
    }

    Refusal refusal(String message) {
        return Refusal.invalid(code(), message);
    }
}
