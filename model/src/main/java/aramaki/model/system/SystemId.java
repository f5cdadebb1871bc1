package aramaki.model.system;

import java.util.regex.Pattern;

/// The identity of a system for ever: `s_` and the base32 hash of the document that created it.
public record SystemId(String value) implements Comparable<SystemId> {
    private static final Pattern FORM = Pattern.compile("s_[a-z2-7]{52}");

    public SystemId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a system id: " + value);
        }
    }

    @Override
    public int compareTo(SystemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
