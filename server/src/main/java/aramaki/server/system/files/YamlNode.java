package aramaki.server.system.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A piece of a YAML document that remembers where it was written.
public sealed interface YamlNode {
    Place at();

    /// What is written here, with its article, for messages.
    String what();

    /// A place in the text.
    ///
    /// @param line from 1
    /// @param start offset of the first character, in code points
    /// @param end offset after the last character, in code points
    record Place(int line, int column, int start, int end) {}

    /// One value. Its text is kept as written, whatever YAML would make of it.
    record Scalar(String text, Kind kind, Place at) implements YamlNode {
        @Override
        public String what() {
            return switch (kind) {
                case TEXT -> "text";
                case INTEGER, FRACTION -> "a number";
                case BOOLEAN -> "true or false";
                case NOTHING -> "empty";
            };
        }
    }

    /// What YAML 1.1 takes a scalar for.
    enum Kind {
        TEXT,
        INTEGER,
        FRACTION,
        BOOLEAN,
        NOTHING
    }

    record Items(List<YamlNode> items, boolean flow, Place at) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String what() {
            return "a list";
        }
    }

    record Fields(SequencedMap<String, Field> fields, boolean flow, Place at) implements YamlNode {
        public Fields {
            fields = new LinkedHashMap<>(fields);
        }

        @Override
        public String what() {
            return "a mapping";
        }
    }

    record Field(Place key, YamlNode value) {}

    /// The same content, wherever and in whatever style it was written.
    static boolean same(YamlNode a, YamlNode b) {
        return content(a).equals(content(b));
    }

    private static Object content(YamlNode node) {
        return switch (node) {
            case Scalar(var text, var kind, _) -> List.of(kind, text);
            case Items(var items, _, _) -> items.stream().map(YamlNode::content).toList();
            case Fields(var fields, _, _) -> {
                Map<String, Object> all = new LinkedHashMap<>();
                fields.forEach((key, field) -> all.put(key, content(field.value())));
                yield List.copyOf(all.entrySet());
            }
        };
    }
}
