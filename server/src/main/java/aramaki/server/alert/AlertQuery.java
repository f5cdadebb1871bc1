package aramaki.server.alert;

import aramaki.model.Labels;
import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Silence;
import aramaki.model.observation.State;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemName;
import aramaki.server.query.Query;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which alerts somebody means: the filter of the page of alerts, of the command line and of acts
// on
/// many at once.
public record AlertQuery(Query query) {
    private static final Set<String> KEYS =
            Set.of(
                    "system",
                    "state",
                    "severity",
                    "entity",
                    "check",
                    "since",
                    "until",
                    "is",
                    "owner",
                    Query.LABEL);
    private static final List<String> STATES = List.of("firing", "acknowledged", "resolved");
    private static final List<String> SEVERITIES =
            Arrays.stream(State.values()).filter(State::bad).map(State::word).toList();
    private static final List<String> IS = List.of("new", "silenced", "flapping", "reminded");
    private static final String ME = "me";
    private static final String NOBODY = "nobody";

    public static AlertQuery parse(String text) {
        return new AlertQuery(
                Query.parse(text, KEYS)
                        .known("state", STATES, STATES::contains)
                        .known("severity", SEVERITIES, SEVERITIES::contains)
                        .known("is", IS, IS::contains));
    }

    /// Refuses what was not understood: a list may show too much, an act must not.
    public AlertQuery understood() {
        if (!query.problems().isEmpty()) {
            throw Refusal.invalid("bad-query", String.join("; ", query.problems()));
        }
        if (query.isEmpty()) {
            throw Refusal.invalid(
                    "bad-query", "a query wants words, such as: system:shop state:firing");
        }
        return this;
    }

    /// What is known at one moment, by which alerts are judged.
    ///
    /// @param person id of who asks
    public record Sight(
            Instant now,
            ZoneId zone,
            SystemGraph graph,
            Predicate<Alert> isNew,
            Function<Alert, Optional<Silence>> hidden,
            Function<AlertKey, Labels> labels,
            String person) {}

    /// Whether an alert is meant; made once for many alerts.
    public Predicate<Alert> in(Sight sight) {
        var since = query.moment("since", sight.now(), sight.zone()).orElse(Instant.MIN);
        var until = query.moment("until", sight.now(), sight.zone()).orElse(Instant.MAX);
        var layers = layers(sight.graph());
        return alert ->
                !alert.since().isBefore(since)
                        && !alert.since().isAfter(until)
                        && matches(alert, sight, layers);
    }

    private boolean matches(Alert alert, Sight sight, Map<String, Set<SystemName>> layers) {
        var about = alert.key().about();
        return query.passes("state", alert.word()::equals)
                && query.passes(
                        "system",
                        word -> layers.getOrDefault(word, Set.of()).contains(about.system()))
                && query.passes("severity", alert.severity().word()::equals)
                && query.passes("entity", about.entity().value()::equals)
                && query.passes("check", about.check().value()::equals)
                && query.passes("owner", word -> owns(word, alert, sight))
                && query.passes("is", word -> is(word, alert, sight))
                && query.passes(
                        Query.LABEL, word -> labelled(word, sight.labels().apply(alert.key())))
                && query.passesText(alert.key() + " " + alert.output());
    }

    private static boolean owns(String word, Alert alert, Sight sight) {
        var care = alert.care();
        return switch (word) {
            case ME -> alert.firing() && care.owner().equals(sight.person());
            case NOBODY -> !alert.firing() || !care.owned();
            default -> alert.firing() && care.name().equals(word);
        };
    }

    private static boolean is(String word, Alert alert, Sight sight) {
        return switch (word) {
            case "new" -> sight.isNew().test(alert);
            case "silenced" -> sight.hidden().apply(alert).isPresent();
            case "flapping" -> alert.flapping();
            case "reminded" -> alert.care().acknowledged().filter(a -> a.reminded()).isPresent();
            default -> false; // told as a problem already
        };
    }

    private static boolean labelled(String word, Labels labels) {
        int sign = word.indexOf('=');
        return labels.get(word.substring(0, sign))
                .filter(word.substring(sign + 1)::equals)
                .isPresent();
    }

    /// A system means its layers too, as everywhere.
    private Map<String, Set<SystemName>> layers(SystemGraph graph) {
        var layers = new HashMap<String, Set<SystemName>>();
        Stream.concat(query.wanted("system").stream(), query.unwanted("system").stream())
                .filter(Names::isShortName)
                .forEach(
                        word -> {
                            var all = new HashSet<>(graph.below(new SystemName(word)));
                            all.add(new SystemName(word));
                            layers.put(word, all);
                        });
        return layers;
    }
}
