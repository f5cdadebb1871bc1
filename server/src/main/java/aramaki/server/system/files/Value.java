package aramaki.server.system.files;

import aramaki.model.Labels;
import aramaki.model.Names;
import aramaki.server.system.files.YamlNode.Fields;
import aramaki.server.system.files.YamlNode.Items;
import aramaki.server.system.files.YamlNode.Kind;
import aramaki.server.system.files.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A value in a file, with the path that leads to it. Asking it for a type notes a problem where it
/// is of another one, and answers nothing.
public record Value(YamlNode node, String path, Problems problems) {
    public static final int LINE = 200;
    static final int LONG = 20_000;

    private static final int MAX_LABEL_VALUE = 256;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /// A word that somebody wrote outside of a file, such as in the environment.
    public static Value ofWord(String text, String name, Problems problems) {
        var place = new YamlNode.Place(1, 0, 0, 0);
        return new Value(new Scalar(text, YamlText.kindOfPlain(text), place), name, problems);
    }

    public void wrong(String message) {
        problems.add(node.at().line(), path, message);
    }

    /// Text of at most `longest` characters that says something.
    public Optional<String> text(int longest) {
        if (!(node instanceof Scalar(var text, var kind, _))) {
            wrong("is " + node.what() + "; write text");
            return Optional.empty();
        }
        if (text.isBlank()) {
            wrong("is empty; write text or leave it out");
        } else if (kind != Kind.TEXT) {
            wrong("is " + node.what() + "; put it in quotes: \"" + text + "\"");
        } else if (text.length() > longest) {
            wrong("is " + text.length() + " characters long; write at most " + longest);
        } else if (text.chars()
                .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            wrong("holds a control character; leave it out");
        } else if (longest <= LINE && text.strip().contains("\n")) {
            wrong("has several lines; write one");
        } else {
            return Optional.of(text);
        }
        return Optional.empty();
    }

    /// Any single value as it is written; numbers need no quotes here.
    Optional<String> word() {
        if (!(node instanceof Scalar(var text, var kind, _))) {
            wrong("is " + node.what() + "; write text");
        } else if (kind == Kind.NOTHING) {
            wrong(
                    "is empty; write text, in quotes if "
                            + (text.isEmpty() ? "\"\"" : text)
                            + " is meant");
        } else if (text.indexOf('\0') >= 0) {
            wrong("holds a NUL character; leave it out");
        } else if (text.length() > LONG) {
            wrong("is " + text.length() + " characters long; write at most " + LONG);
        } else {
            return Optional.of(text);
        }
        return Optional.empty();
    }

    Optional<String> shortName() {
        return text(LONG)
                .filter(
                        name -> {
                            if (!Names.isShortName(name)) {
                                wrong(
                                        Problems.quoted(name)
                                                + " is no short name; write lower-case letters,"
                                                + " digits, '.' and '-', beginning with a letter or"
                                                + " digit, at most 100 characters");
                            }
                            return Names.isShortName(name);
                        });
    }

    public Optional<Duration> duration(Duration least, Duration most) {
        if (!(node instanceof Scalar(var text, var kind, _))) {
            wrong("is " + node.what() + "; write a duration such as 30s, 5m, 2h or 7d");
            return Optional.empty();
        }
        if (kind == Kind.INTEGER && NUMBER.matcher(text).matches()) {
            wrong("is " + text + " without a unit; write for instance " + text + "s");
            return Optional.empty();
        }
        var duration = Durations.parse(text);
        if (duration.isEmpty()) {
            wrong(
                    "is "
                            + (text.isEmpty() ? "empty" : Problems.quoted(text))
                            + ", not a duration; write a whole number and s, m, h or d, such as 30s,"
                            + " 5m, 2h or 7d");
            return Optional.empty();
        }
        if (duration.get().compareTo(least) < 0) {
            wrong("is " + text + ", too short; write at least " + Durations.text(least));
            return Optional.empty();
        } else if (duration.get().compareTo(most) > 0) {
            wrong("is " + text + ", too long; write at most " + Durations.text(most));
            return Optional.empty();
        }
        return duration;
    }

    public Optional<Integer> integer(int least, int most) {
        var range = "; write a whole number from " + least + " to " + most;
        if (!(node instanceof Scalar(var text, var kind, _))) {
            wrong("is " + node.what() + range);
            return Optional.empty();
        }
        if (kind == Kind.TEXT && NUMBER.matcher(text).matches()) {
            wrong("is text; write " + text + " without quotes");
            return Optional.empty();
        }
        if (kind == Kind.INTEGER && NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        wrong("is " + (text.isEmpty() ? "empty" : Problems.quoted(text)) + range);
        return Optional.empty();
    }

    public Optional<List<Value>> items(String example) {
        if (!(node instanceof Items(var items, _, _))) {
            wrong("is " + node.what() + "; write a list: " + example);
            return Optional.empty();
        }
        var values = new ArrayList<Value>();
        for (var item : items) {
            values.add(new Value(item, path + "[" + values.size() + "]", problems));
        }
        return Optional.of(values);
    }

    public Optional<Mapping> mapping(String example) {
        if (!(node instanceof Fields fields)) {
            wrong("is " + node.what() + "; write a mapping: " + example);
            return Optional.empty();
        }
        return Optional.of(new Mapping(fields, path, problems));
    }

    Optional<String> labelKey() {
        return text(LONG)
                .filter(
                        key -> {
                            boolean fits = LABEL.matcher(key).matches();
                            if (!fits) {
                                wrong(
                                        Problems.quoted(key)
                                                + " is no name for a label; write letters, digits,"
                                                + " '.', '_', '/' and '-', at most 100 characters");
                            }
                            return fits;
                        });
    }

    /// `key: value` pairs of text; an empty value in quotes is a tag.
    Optional<Labels> labels() {
        return mapping("{team: web}").map(pairs -> labels(pairs.values()));
    }

    static Labels labels(List<Mapping.Entry> pairs) {
        var labels = new TreeMap<String, String>();
        for (var pair : pairs) {
            if (pair.keyValue().labelKey().isPresent()) {
                pair.value().labelValue().ifPresent(text -> labels.put(pair.key(), text));
            }
        }
        return Labels.of(labels);
    }

    private Optional<String> labelValue() {
        if (node instanceof Scalar(var text, var kind, _) && text.isEmpty() && kind == Kind.TEXT) {
            return Optional.of("");
        }
        if (node instanceof Scalar(_, var kind, _) && kind == Kind.NOTHING) {
            wrong("is empty; write text, or \"\" for a tag");
            return Optional.empty();
        }
        return text(MAX_LABEL_VALUE);
    }
}
