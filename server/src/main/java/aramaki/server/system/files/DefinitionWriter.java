package aramaki.server.system.files;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.system.Category;
import aramaki.model.system.SystemRef;
import aramaki.server.system.files.YamlNode.Field;
import aramaki.server.system.files.YamlNode.Fields;
import aramaki.server.system.files.YamlNode.Items;
import aramaki.server.system.files.YamlNode.Kind;
import aramaki.server.system.files.YamlNode.Place;
import aramaki.server.system.files.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes `system.yaml` for people who work by command line or page: a first one, and small edits
/// that leave everything else as it is, comments too.
public final class DefinitionWriter {
    private static final String SUBSYSTEMS = "subsystems";

    private DefinitionWriter() {}

    /// The text of a new document; what is empty is left out.
    public static String create(
            String title,
            Category category,
            String description,
            Labels labels,
            List<SystemRef> subsystems) {
        var text = new StringBuilder("title: " + word(title) + "\n");
        if (category.equals(Category.named(category.name()))) {
            text.append("category: ").append(word(category.name())).append("\n");
        } else {
            text.append("category: {name: " + word(category.name()))
                    .append(", singular: " + word(category.singular()))
                    .append(", plural: " + word(category.plural()) + "}\n");
        }
        if (!description.isBlank()) {
            text.append("description: ").append(word(description)).append("\n");
        }
        if (!labels.values().isEmpty()) {
            text.append(
                    labels.values().entrySet().stream()
                            .map(e -> word(e.getKey()) + ": " + word(e.getValue()))
                            .collect(Collectors.joining(", ", "labels: {", "}\n")));
        }
        if (!subsystems.isEmpty()) {
            text.append(
                    subsystems.stream()
                            .map(ref -> word(ref.toString()))
                            .collect(Collectors.joining(", ", "subsystems: [", "]\n")));
        }
        return text.toString();
    }

    /// The same document with one more subsystem; unchanged where it has it already.
    public static String withSubsystem(String text, SystemRef ref) {
        var before = read(text);
        var list = before.fields().get(SUBSYSTEMS);
        if (indexOf(list, ref) >= 0) {
            return text;
        }
        var edited = list == null ? appended(text, ref) : added(new Edit(text), list, ref);
        var names = new ArrayList<>(names(list));
        names.add(ref.toString());
        return verified(before, names, edited);
    }

    /// The same document without a subsystem; unchanged where it has none of that name.
    public static String withoutSubsystem(String text, SystemRef ref) {
        var before = read(text);
        var list = before.fields().get(SUBSYSTEMS);
        int index = indexOf(list, ref);
        if (list == null || index < 0 || !(list.value() instanceof Items items)) {
            return text;
        }
        var edit = new Edit(text);
        var edited = items.flow() ? cut(edit, items, index) : cutLines(edit, list, items, index);
        var names = new ArrayList<>(names(list));
        names.remove(index);
        return verified(before, names, edited);
    }

    private static String appended(String text, SystemRef ref) {
        var gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return text + gap + SUBSYSTEMS + ": [" + word(ref.toString()) + "]\n";
    }

    private static String added(Edit edit, Field list, SystemRef ref) {
        var word = word(ref.toString());
        return switch (list.value()) {
            case Items(var items, var flow, var at) when items.isEmpty() ->
                    flow ? edit.replace(at.start(), at.end(), "[" + word + "]") : edit.text();
            case Items(var items, var flow, var at) -> {
                int end = items.getLast().at().end();
                yield flow
                        ? edit.replace(end, end, ", " + word)
                        : edit.insertLine(
                                items.getLast().at().end(), " ".repeat(at.column()) + "- " + word);
            }
            case Scalar(_, var kind, var at) when kind == Kind.NOTHING ->
                    edit.replace(
                            at.start() == at.end() ? list.key().end() + 1 : at.start(),
                            at.start() == at.end() ? list.key().end() + 1 : at.end(),
                            (at.start() == at.end() ? " [" : "[") + word + "]");
            case Scalar _, Fields _ -> edit.text();
        };
    }

    private static String cut(Edit edit, Items items, int index) {
        var all = items.items();
        int start = all.get(index).at().start();
        int end = all.get(index).at().end();
        if (index + 1 < all.size()) {
            end = all.get(index + 1).at().start();
        } else if (index > 0) {
            start = all.get(index - 1).at().end();
        } else {
            start = items.at().start() + 1;
            end = items.at().end() - 1;
        }
        return edit.replace(start, end, "");
    }

    private static String cutLines(Edit edit, Field list, Items items, int index) {
        Place item = items.items().get(index).at();
        var without = edit.removeLine(item.start());
        if (items.items().size() > 1) {
            return without;
        }
        int colon = list.key().end() + 1;
        return new Edit(without).replace(colon, colon, " []");
    }

    /// What the edit made has to be what we meant; otherwise the form is one we do not know.
    private static String verified(Fields before, List<String> names, String edited) {
        var at = before.at();
        var wanted = new LinkedHashMap<>(before.fields());
        var items = names.stream().map(name -> (YamlNode) new Scalar(name, Kind.TEXT, at)).toList();
        wanted.put(SUBSYSTEMS, new Field(at, new Items(items, true, at)));
        var problems = new ArrayList<FileProblem>();
        var now = YamlText.read(edited, new Problems(SystemFiles.SYSTEM, problems));
        boolean right =
                problems.isEmpty()
                        && now.filter(n -> YamlNode.same(n, new Fields(wanted, false, at)))
                                .isPresent();
        if (!right) {
            throw Refusal.conflict(
                    "edit-by-hand",
                    "the list of subsystems in system.yaml is written in a form we cannot edit;"
                            + " write it as subsystems: ["
                            + String.join(", ", names)
                            + "]");
        }
        return edited;
    }

    private static Fields read(String text) {
        var problems = new ArrayList<FileProblem>();
        var node = YamlText.read(text, new Problems(SystemFiles.SYSTEM, problems));
        if (node.isPresent() && problems.isEmpty() && node.get() instanceof Fields fields) {
            return fields;
        }
        if (problems.isEmpty()) {
            problems.add(
                    new FileProblem(
                            SystemFiles.SYSTEM, 1, "file", "is no document with keys and values"));
        }
        return new Reading.Bad<Fields>(problems).orRefuse();
    }

    private static int indexOf(@Nullable Field list, SystemRef ref) {
        return names(list).indexOf(ref.toString());
    }

    private static List<String> names(@Nullable Field list) {
        if (list == null || !(list.value() instanceof Items(var items, _, _))) {
            return List.of();
        }
        return items.stream()
                .map(item -> item instanceof Scalar(var text, _, _) ? text : "")
                .toList();
    }

    /// Text that ends no line of YAML before its own end.
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\x{85}\\x{FEFF}]+", " ").strip();
    }

    /// Text as YAML: plain where that means the same, otherwise in double quotes.
    static String word(String text) {
        boolean plain =
                text.matches("[A-Za-z][A-Za-z0-9._/-]*( [A-Za-z0-9._/-]+)*")
                        && YamlText.kindOfPlain(text) == Kind.TEXT;
        if (plain) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '"' -> quoted.append("\\\"");
                                case '\\' -> quoted.append("\\\\");
                                case '\n' -> quoted.append("\\n");
                                case '\t' -> quoted.append("\\t");
                                default -> {
                                    if (Character.isISOControl(c)
                                            || Character.getType(c) == Character.LINE_SEPARATOR
                                            || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                                            || c == 0xFEFF) {
                                        quoted.append("\\u%04x".formatted(c));
                                    } else {
                                        quoted.appendCodePoint(c);
                                    }
                                }
                            }
                        });
        return quoted.append('"').toString();
    }

    /// Changes of a text at offsets in code points, as the reader of YAML counts them.
    private record Edit(String text) {

        String replace(int from, int to, String by) {
            return text.substring(0, at(from)) + by + text.substring(at(to));
        }

        /// A new line below the one that holds this offset.
        String insertLine(int offset, String line) {
            int end = text.indexOf('\n', at(offset));
            return end < 0
                    ? text + "\n" + line + "\n"
                    : text.substring(0, end + 1) + line + "\n" + text.substring(end + 1);
        }

        String removeLine(int offset) {
            int start = text.lastIndexOf('\n', at(offset)) + 1;
            int end = text.indexOf('\n', at(offset));
            return text.substring(0, start) + (end < 0 ? "" : text.substring(end + 1));
        }

        private int at(int offset) {
            return text.offsetByCodePoints(0, offset);
        }
    }
}
