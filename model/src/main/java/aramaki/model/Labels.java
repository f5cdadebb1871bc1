package aramaki.model;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `key=value` pairs on systems, entities, checks and alerts. A *tag* is a label whose value is
/// empty.
public record Labels(SortedMap<String, String> values) {
    public static final Labels NONE = new Labels(new TreeMap<>());

    public Labels {
        values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Labels of(Map<String, String> values) {
        return new Labels(new TreeMap<>(values));
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public boolean hasTag(String tag) {
        return values.containsKey(tag);
    }

    /// True when every one of `wanted` is here with the same value.
    public boolean containsAll(Labels wanted) {
        return wanted.values.entrySet().stream()
                .allMatch(w -> w.getValue().equals(values.get(w.getKey())));
    }

    /// These labels, and `more` over them where both name a key.
    public Labels with(Labels more) {
        var all = new TreeMap<>(values);
        all.putAll(more.values);
        return new Labels(all);
    }

    public Labels with(String key, String value) {
        return with(Labels.of(Map.of(key, value)));
    }

    /// As people write them: `customer=muster web`.
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
