package aramaki.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/// One column of a table: its title, and what it shows of a thing.
public record Column(String title, Function<JsonNode, Cell> cell) {
    public static Column text(String title, String name) {
        return new Column(title, o -> Cell.text(o, name));
    }

    public static Column state(String title, String name) {
        return new Column(title, o -> Cell.state(o, name));
    }

    public static Column time(String title, String name) {
        return new Column(title, o -> Cell.time(o, name));
    }

    public static Column counts(String title) {
        return new Column(title, Cell::counts);
    }

    /// One member of a member, such as the singular word of a category.
    public static Column inside(String title, String outer, String name) {
        return new Column(title, o -> Cell.text(o.path(outer), name));
    }
}
