package aramaki.model.system;

import aramaki.model.Labels;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a system's document says about it: its words, what it aggregates, its rules and its checks.
///
/// @param people role to person names; unknown persons are kept and shown as unknown
/// @param notUsedYet files and keys of later features, kept and shown as such
public record Definition(
        String title,
        Category category,
        String description,
        Labels labels,
        List<SystemRef> subsystems,
        List<Selection> selections,
        Map<String, List<String>> people,
        String rules,
        List<Link> links,
        List<Check> checks,
        List<String> notUsedYet) {

    public Definition {
        subsystems = List.copyOf(subsystems);
        selections = List.copyOf(selections);
        people = Map.copyOf(people);
        links = List.copyOf(links);
        checks = List.copyOf(checks);
        notUsedYet = List.copyOf(notUsedYet);
    }

    public static Definition titled(String title, Category category) {
        return new Definition(
                title,
                category,
                "",
                Labels.NONE,
                List.of(),
                List.of(),
                Map.of(),
                "",
                List.of(),
                List.of(),
                List.of());
    }

    public Optional<Check> check(CheckName name) {
        return checks.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
