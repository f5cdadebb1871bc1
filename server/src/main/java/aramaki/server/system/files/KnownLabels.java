package aramaki.server.system.files;

import aramaki.model.Labels;
import aramaki.server.system.files.YamlNode.Fields;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The labels that templates may use: names, and values where the files say them.
///
/// @param anything nothing is said against a name, because the labels could not be read
record KnownLabels(Labels values, Set<String> names, boolean anything) {

    static KnownLabels of(Set<String> entityLabels) {
        var names = new TreeSet<>(entityLabels);
        names.add(Templates.ADDRESS);
        return new KnownLabels(Labels.NONE, names, false);
    }

    KnownLabels orAnything() {
        return new KnownLabels(values, names, true);
    }

    /// With the field `labels` of a document. A label whose own value is refused is still known, so
    /// that one mistake is not told twice.
    KnownLabels with(Mapping document, Labels labels) {
        var more = new TreeSet<>(names);
        document.get("labels")
                .filter(v -> v.node() instanceof Fields)
                .flatMap(v -> v.mapping(""))
                .ifPresent(pairs -> more.addAll(pairs.fields().fields().keySet()));
        return new KnownLabels(values.with(labels), more, anything);
    }

    void check(Value at, String text) {
        if (!anything) {
            Templates.problem(text, names).ifPresent(at::wrong);
        }
        optionMade(text)
                .ifPresent(
                        name ->
                                at.wrong(
                                        "{{"
                                                + name
                                                + "}} begins with - and would become an option;"
                                                + " give the label another value"));
    }

    private Optional<String> optionMade(String text) {
        if (!text.startsWith("{{")) {
            return Optional.empty();
        }
        return Templates.names(text).stream()
                .findFirst()
                .filter(name -> values.get(name).orElse("").startsWith("-"));
    }
}
