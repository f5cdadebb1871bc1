package aramaki.model.system;

import aramaki.model.Names;

/// The short name of a system, unique on its instance.
public record SystemName(String value) implements Comparable<SystemName> {
    public SystemName {
        Names.require("system", value);
    }

    @Override
    public int compareTo(SystemName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
