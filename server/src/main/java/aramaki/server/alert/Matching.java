package aramaki.server.alert;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemName;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// What one silence fits, ready to be asked of many alerts. RE2 takes time in proportion to the
// text,
/// whatever the pattern: no pattern that is let in here can hold anybody up.
final class Matching {
    private final Silence silence;
    private final List<Compiled> compiled;

    private record Compiled(Matcher matcher, Predicate<String> fits) {}

    Matching(Silence silence) {
        this.silence = silence;
        this.compiled = silence.matchers().stream().map(Matching::compiled).toList();
    }

    private static Compiled compiled(Matcher matcher) {
        if (!matcher.op().pattern()) {
            return new Compiled(matcher, matcher.value()::equals);
        }
        try {
            var pattern = Pattern.compile(matcher.value());
            return new Compiled(matcher, pattern::matches);
        } catch (PatternSyntaxException e) {
            throw Refusal.invalid(
                    "bad-matcher",
                    "\""
                            + matcher.value()
                            + "\" is no pattern in RE2 syntax: "
                            + e.getDescription());
        }
    }

    Silence silence() {
        return silence;
    }

    /// For systems as they hang together now.
    Ready in(SystemGraph graph) {
        return new Ready(
                silence.about().map(name -> layers(name, graph)).orElse(Set.of()),
                compiled.stream()
                        .map(
                                c ->
                                        c.matcher().field().equals("system")
                                                        && !c.matcher().op().pattern()
                                                ? new Compiled(
                                                        c.matcher(),
                                                        inLayers(c.matcher().value(), graph))
                                                : c)
                        .toList());
    }

    /// A system means its layers too, as everywhere.
    private static Predicate<String> inLayers(String word, SystemGraph graph) {
        if (!aramaki.model.Names.isShortName(word)) {
            return word::equals;
        }
        var names = new HashSet<String>();
        layers(new SystemName(word), graph).forEach(n -> names.add(n.value()));
        return names::contains;
    }

    private static Set<SystemName> layers(SystemName name, SystemGraph graph) {
        var all = new HashSet<>(graph.below(name));
        all.add(name);
        return all;
    }

    /// The same, with the layers of the systems it names.
    final class Ready {
        private final Set<SystemName> systems;
        private final List<Compiled> conditions;

        private Ready(Set<SystemName> systems, List<Compiled> conditions) {
            this.systems = systems;
            this.conditions = conditions;
        }

        Silence silence() {
            return silence;
        }

        boolean fits(Alert alert, Function<AlertKey, Labels> labels) {
            boolean whose = !silence.mine() || alert.care().owner().equals(silence.owner());
            return whose && fits(alert.key(), alert.severity().word(), labels);
        }

        /// Whether what may fire one day would be hidden, as far as that is known.
        boolean wouldFit(AlertKey key, Function<AlertKey, Labels> labels) {
            return (systems.isEmpty() || systems.contains(key.about().system()))
                    && conditions.stream()
                            .filter(c -> !c.matcher().field().equals("severity"))
                            .allMatch(c -> holds(c, key, "", labels));
        }

        boolean fits(AlertKey key, String severity, Function<AlertKey, Labels> labels) {
            return (systems.isEmpty() || systems.contains(key.about().system()))
                    && conditions.stream().allMatch(c -> holds(c, key, severity, labels));
        }

        private static boolean holds(
                Compiled condition,
                AlertKey key,
                String severity,
                Function<AlertKey, Labels> labels) {
            var matcher = condition.matcher();
            var about = key.about();
            String value =
                    switch (matcher.field()) {
                        case "system" -> about.system().value();
                        case "entity" -> about.entity().value();
                        case "check" -> about.check().value();
                        case "severity" -> severity;
                        default -> labels.apply(key).get(matcher.field()).orElse("");
                    };
            return condition.fits().test(value) != matcher.op().not();
        }
    }
}
