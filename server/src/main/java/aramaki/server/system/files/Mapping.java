package aramaki.server.system.files;

import aramaki.server.system.files.YamlNode.Fields;
import aramaki.server.system.files.YamlNode.Kind;
import aramaki.server.system.files.YamlNode.Scalar;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The fields of a mapping in a file, by name.
public record Mapping(Fields fields, String path, Problems problems) {

    /// A field with its key, which has a place of its own.
    public record Entry(String key, Value keyValue, Value value) {}

    /// What a file holds; empty where it is none, which is noted.
    public static Optional<Mapping> read(String text, Problems here, String example) {
        int before = here.all().size();
        var node = YamlText.read(text, here);
        boolean empty =
                node.isEmpty()
                        || (node.get() instanceof Scalar(_, var kind, _) && kind == Kind.NOTHING);
        if (empty) {
            if (here.all().size() == before) {
                here.add(1, "file", "is empty; write at least " + example);
            }
            return Optional.empty();
        }
        if (!(node.get() instanceof Fields fields)) {
            here.add(
                    node.get().at().line(),
                    "file",
                    "is " + node.get().what() + "; write keys and values, such as " + example);
            return Optional.empty();
        }
        return Optional.of(new Mapping(fields, "", here));
    }

    public Optional<Value> get(String key) {
        return Optional.ofNullable(fields.fields().get(key))
                .map(field -> new Value(field.value(), pathOf(key), problems));
    }

    List<Entry> values() {
        return fields.fields().entrySet().stream()
                .map(
                        e -> {
                            var key = new Scalar(e.getKey(), Kind.TEXT, e.getValue().key());
                            return new Entry(
                                    e.getKey(),
                                    new Value(key, pathOf(e.getKey()), problems),
                                    new Value(e.getValue().value(), pathOf(e.getKey()), problems));
                        })
                .toList();
    }

    /// The value of a field that has to be there.
    public Optional<Value> need(String key, String example) {
        var value = get(key);
        if (value.isEmpty()) {
            problems.add(
                    fields.at().line(),
                    pathOf(key),
                    "is missing; write for instance " + key + ": " + example);
        }
        return value;
    }

    /// Notes each key that is not one of `known`.
    public void refuseOthers(Collection<String> known) {
        for (var entry : values()) {
            if (!known.contains(entry.key())) {
                entry.keyValue().wrong("is no key we know" + Nearest.hint(entry.key(), known));
            }
        }
    }

    String pathOf(String key) {
        var shown = Problems.shown(key, 100);
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
