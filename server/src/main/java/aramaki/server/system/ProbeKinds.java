package aramaki.server.system;

import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.ValueForm;
import aramaki.server.system.files.ProbeCatalog;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The probes built into agents, as the reader of files wants to know them.
public final class ProbeKinds implements ProbeCatalog {
    @Override
    public SortedMap<String, Parameters> kinds() {
        var kinds = new TreeMap<String, Parameters>();
        for (var kind : ProbeKind.values()) {
            var byNeed =
                    kind.parameters().stream()
                            .collect(
                                    Collectors.partitioningBy(
                                            p -> p.need() == ProbeKind.Need.REQUIRED,
                                            Collectors.mapping(
                                                    ProbeKind.Parameter::name,
                                                    Collectors.toSet())));
            kinds.put(
                    kind.word(),
                    new Parameters(
                            byNeed.getOrDefault(true, Set.of()),
                            byNeed.getOrDefault(false, Set.of())));
        }
        return kinds;
    }

    @Override
    public Optional<String> problem(String kind, String parameter, String value) {
        return ProbeKind.find(kind)
                .flatMap(k -> k.parameter(parameter))
                .flatMap(p -> p.problem(value).or(() -> noPattern(p, value)));
    }

    private static Optional<String> noPattern(ProbeKind.Parameter parameter, String value) {
        if (parameter.form() != ValueForm.PATTERN || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            Pattern.compile(value);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(
                    '"' + value + "\" is no pattern in RE2 syntax: " + e.getDescription());
        }
    }

    @Override
    public Optional<String> together(String kind, Set<String> given) {
        return ProbeKind.find(kind).flatMap(k -> k.problem(given));
    }
}
