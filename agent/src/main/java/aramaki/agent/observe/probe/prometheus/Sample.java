package aramaki.agent.observe.probe.prometheus;

import java.util.SortedMap;
import java.util.stream.Collectors;

/// One value of an exposition: a metric's name, its labels, and what it is now.
///
/// @param counter the exposition declares it as one
public record Sample(String name, SortedMap<String, String> labels, double value, boolean counter) {
    /// As it stands in the exposition, without the value.
    public String series() {
        return labels.isEmpty()
                ? name
                : name
                        + labels.entrySet().stream()
                                .map(label -> label.getKey() + "=\"" + label.getValue() + '"')
                                .collect(Collectors.joining(",", "{", "}"));
    }
}
