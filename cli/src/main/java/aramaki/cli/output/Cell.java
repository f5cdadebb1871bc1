package aramaki.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One value to print, as data for programs and as text for people.
public sealed interface Cell {
    /// The states of checks, worst first, in the order that counts are shown.
    List<String> WORST_FIRST = List.of("critical", "stale", "unknown", "warning", "pending", "ok");

    record Text(String text) implements Cell {
        public Text {
            text = Plain.line(text);
        }
    }

    /// A state: `note` says more about it to people only.
    record Word(String word, String note) implements Cell {
        public Word {
            word = Plain.line(word);
            note = Plain.line(note);
        }
    }

    record Time(Instant at) implements Cell {}

    /// Text with a note for people only.
    record Noted(String text, String note) implements Cell {
        public Noted {
            text = Plain.line(text);
            note = Plain.line(note);
        }
    }

    /// Who has something open, and since when.
    record OpenBy(List<Viewer> viewers) implements Cell {
        public record Viewer(String person, Instant since) {
            public Viewer {
                person = Plain.line(person);
            }
        }

        public OpenBy {
            viewers = List.copyOf(viewers);
        }
    }

    /// How many checks are in which state, such as `critical=1,ok=8`.
    record Counts(List<Count> counts) implements Cell {
        record Count(String word, int number) {}

        public Counts {
            counts = List.copyOf(counts);
        }
    }

    /// A place in a tree: people see it indented behind its sign, programs get the whole path.
    record Twig(String indent, String word, String name, String path) implements Cell {
        public Twig {
            name = Plain.line(name);
            path = Plain.line(path);
        }
    }

    static Cell text(String text) {
        return new Text(text);
    }

    /// Any member as text: lists with commas, labels as people write them.
    static Cell text(JsonNode object, String name) {
        return new Text(string(object.path(name)));
    }

    static Cell state(JsonNode object, String name) {
        String last = string(object.path("lastState"));
        String why = string(object.path("staleBecause"));
        boolean flapping = name.equals("state") && object.path("flapping").asBoolean();
        String note = flapping ? "flapping" : last.isEmpty() ? "" : "was " + last;
        String more = why.isEmpty() ? "" : note.isEmpty() ? why : ", " + why;
        return new Word(string(object.path(name)), note + more);
    }

    static Cell time(JsonNode object, String name) {
        return instant(object.path(name)).<Cell>map(Time::new).orElseGet(() -> text(object, name));
    }

    static OpenBy openBy(JsonNode object) {
        return new OpenBy(
                object.path("openBy")
                        .valueStream()
                        .flatMap(
                                v ->
                                        instant(v.path("since")).stream()
                                                .map(
                                                        since ->
                                                                new OpenBy.Viewer(
                                                                        string(v.path("person")),
                                                                        since)))
                        .toList());
    }

    static Cell counts(JsonNode object) {
        var counts = new ArrayList<Counts.Count>();
        for (String word : WORST_FIRST) {
            int number = object.path("counts").path(word).asInt();
            if (number > 0) {
                counts.add(new Counts.Count(word, number));
            }
        }
        return new Counts(counts);
    }

    static Optional<Instant> instant(JsonNode value) {
        try {
            return value.isTextual()
                    ? Optional.of(Instant.parse(value.asText()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String string(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(Cell::string).collect(Collectors.joining(","));
        }
        if (value.isObject()) {
            return value.propertyStream()
                    .map(e -> pair(e.getKey(), string(e.getValue())))
                    .collect(Collectors.joining(" "));
        }
        return value.asText("");
    }

    private static String pair(String key, String value) {
        return value.isEmpty() ? key : key + "=" + value;
    }

    /// For programs: words, and instants as RFC 3339.
    default String data() {
        return switch (this) {
            case Text(var text) -> text;
            case Word(var word, _) -> word;
            case Time(var at) -> at.toString();
            case Noted(var text, _) -> text;
            case OpenBy(var viewers) ->
                    viewers.stream()
                            .map(v -> v.person() + "=" + v.since())
                            .collect(Collectors.joining(","));
            case Twig(_, _, _, var path) -> path;
            case Counts(var counts) ->
                    counts.stream()
                            .map(c -> c.word() + "=" + c.number())
                            .collect(Collectors.joining(","));
        };
    }

    /// For people: signs, and how long ago.
    default String shown(Ages ages) {
        return switch (this) {
            case Text(var text) -> text;
            case Word(var word, var note) ->
                    Sign.of(word).map(s -> s.sign() + " ").orElse("")
                            + word
                            + (note.isEmpty() ? "" : " (" + note + ")");
            case Time(var at) -> ages.of(at);
            case Noted(var text, var note) -> text + (note.isEmpty() ? "" : " (" + note + ")");
            case OpenBy(var viewers) ->
                    viewers.stream()
                            .map(v -> v.person() + " (" + ages.of(v.since()) + ")")
                            .collect(Collectors.joining(", "));
            case Twig(var indent, var word, var name, _) ->
                    indent + Sign.of(word).map(s -> s.sign() + " ").orElse("") + name;
            case Counts(var counts) ->
                    counts.stream()
                            .map(c -> Sign.of(c.word()).map(Sign::sign).orElse("") + c.number())
                            .collect(Collectors.joining(" "));
        };
    }

    default Optional<Sign> sign() {
        return switch (this) {
            case Word(var word, _) -> Sign.of(word);
            case Twig(_, var word, _, _) -> Sign.of(word);
            case Text _, Time _, Counts _, Noted _, OpenBy _ -> Optional.empty();
        };
    }
}
