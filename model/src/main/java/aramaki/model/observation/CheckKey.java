package aramaki.model.observation;

import aramaki.model.system.SystemName;
import java.util.Comparator;

/// What one line of results is about, for years: this check of this system on this entity.
public record CheckKey(SystemName system, EntityName entity, CheckName check)
        implements Comparable<CheckKey> {
    private static final Comparator<CheckKey> ORDER =
            Comparator.comparing(CheckKey::system)
                    .thenComparing(CheckKey::entity)
                    .thenComparing(CheckKey::check);

    public static CheckKey of(String system, String entity, String check) {
        return new CheckKey(new SystemName(system), new EntityName(entity), new CheckName(check));
    }

    @Override
    public int compareTo(CheckKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return system + "/" + entity + "/" + check;
    }
}
