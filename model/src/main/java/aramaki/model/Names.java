package aramaki.model;

import java.util.regex.Pattern;

/// The one rule for short names: `[a-z0-9][a-z0-9.-]*`, at most 100 characters.
public final class Names {
    private static final Pattern SHORT = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");

    private Names() {}

    public static boolean isShortName(String value) {
        return SHORT.matcher(value).matches();
    }

    /// Returns `value`, or refuses it; `what` names the kind of thing in the refusal.
    public static String require(String what, String value) {
        if (!isShortName(value)) {
            throw Refusal.invalid(
                    "bad-name",
                    what
                            + " name \""
                            + value
                            + "\" is not valid: use lower-case letters, digits, '.' and '-', beginning"
                            + " with a letter or digit, at most 100 characters");
        }
        return value;
    }
}
