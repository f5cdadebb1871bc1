package aramaki.model.alert;

import java.util.regex.Pattern;

/// One firing of an alert, from its first bad event to its end: `e_` and a part of the hash of the
/// event that began it, so that a rebuild gives the same id.
public record EpisodeId(String value) {
    private static final Pattern FORM = Pattern.compile("e_[a-z2-7]{16}");

    public EpisodeId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an episode id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
