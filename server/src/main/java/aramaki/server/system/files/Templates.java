package aramaki.server.system.files;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `{{x}}` in the words of a command or the parameters of a probe: the entity's label x.
public final class Templates {
    public static final String ADDRESS = "address";
    public static final String DEFAULT_ADDRESS = "127.0.0.1";

    private static final Pattern PLACE = Pattern.compile("\\{\\{ *([^{} ]+) *}}");

    private Templates() {}

    /// The names a text uses, in order.
    public static Set<String> names(String text) {
        var names = new LinkedHashSet<String>();
        var match = PLACE.matcher(text);
        while (match.find()) {
            names.add(match.group(1));
        }
        return names;
    }

    public static boolean templated(String text) {
        return text.contains("{{");
    }

    /// The text with every name replaced by its label. A value in front that begins with `-` is
    /// refused, because it would turn an argument into an option.
    public static String fill(String text, Labels labels) {
        var filled =
                PLACE.matcher(text)
                        .replaceAll(
                                match -> Matcher.quoteReplacement(value(match.group(1), labels)));
        if (filled.startsWith("-") && !text.startsWith("-")) {
            throw Refusal.invalid(
                    "templated-option",
                    Problems.quoted(text)
                            + " would become the option "
                            + Problems.quoted(filled)
                            + "; give the label a value that does not begin with -");
        }
        return filled;
    }

    /// What is wrong with the templates of a text, given the names that are known.
    static Optional<String> problem(String text, Collection<String> known) {
        var rest = PLACE.matcher(text).replaceAll("");
        if (rest.contains("{{") || rest.contains("}}")) {
            return Optional.of(
                    Problems.quoted(text) + " has braces that form no template; write {{name}}");
        }
        for (var name : names(text)) {
            if (!known.contains(name)) {
                return Optional.of(
                        "uses {{"
                                + name
                                + "}}, which no label gives"
                                + Nearest.to(name, known)
                                        .map(near -> "; did you mean {{" + near + "}}?")
                                        .orElse(
                                                "; known are "
                                                        + String.join(", ", new TreeSet<>(known))));
            }
        }
        return Optional.empty();
    }

    private static String value(String name, Labels labels) {
        return labels.get(name)
                .or(() -> name.equals(ADDRESS) ? Optional.of(DEFAULT_ADDRESS) : Optional.empty())
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "unknown-template",
                                        "{{" + name + "}} is no label of this entity"));
    }
}
