package aramaki.server.system.files;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// The kinds of probe built into agents, with the parameters each takes.
@FunctionalInterface
public interface ProbeCatalog {
    SortedMap<String, Parameters> kinds();

    /// What is wrong with a parameter's value and what would be right; asked for known parameters
    /// whose value holds no template.
    default Optional<String> problem(String kind, String parameter, String value) {
        return Optional.empty();
    }

    /// What is wrong with these parameters together, such as two that exclude each other; asked
    /// once each is known and none that is required is missing.
    default Optional<String> together(String kind, Set<String> given) {
        return Optional.empty();
    }

    /// The parameters of one kind by name; no name is in both sets.
    record Parameters(Set<String> required, Set<String> optional) {
        public Parameters {
            required = Set.copyOf(required);
            optional = Set.copyOf(optional);
        }

        boolean knows(String name) {
            return required.contains(name) || optional.contains(name);
        }
    }
}
