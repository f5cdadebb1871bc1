package aramaki.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A piece of what one thing looks like.
public sealed interface Part {
    record Line(String key, Cell cell) implements Part {}

    /// Text that may have several lines, shown whole.
    record Block(String key, String text) implements Part {}

    /// Several things of one kind that belong to it; `word` is their singular.
    record Table(String word, List<Column> columns, List<JsonNode> items) implements Part {
        public Table {
            columns = List.copyOf(columns);
            items = List.copyOf(items);
        }
    }

    /// A line named after the member that it shows.
    static Part text(JsonNode object, String name) {
        return new Line(name, Cell.text(object, name));
    }

    static Part block(JsonNode object, String name) {
        return new Block(name, Cell.string(object.path(name)));
    }

    static Part state(JsonNode object, String name) {
        return new Line(name, Cell.state(object, name));
    }

    static Part time(JsonNode object, String name) {
        return new Line(name, Cell.time(object, name));
    }

    static Part openBy(JsonNode object) {
        return new Line("openBy", Cell.openBy(object));
    }

    static Part table(String word, List<Column> columns, JsonNode items) {
        return new Table(word, columns, items.valueStream().toList());
    }
}
