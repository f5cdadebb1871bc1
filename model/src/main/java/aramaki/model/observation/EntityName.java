package aramaki.model.observation;

import aramaki.model.Names;

/// The short name of what an observation is about: a host, or something its agent speaks for.
public record EntityName(String value) implements Comparable<EntityName> {
    public EntityName {
        Names.require("entity", value);
    }

    @Override
    public int compareTo(EntityName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
