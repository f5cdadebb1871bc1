package aramaki.model.observation;

import aramaki.model.Names;

/// The short name of a check, unique in its system.
public record CheckName(String value) implements Comparable<CheckName> {
    public CheckName {
        Names.require("check", value);
    }

    @Override
    public int compareTo(CheckName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
