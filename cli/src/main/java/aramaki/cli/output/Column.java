package aramaki.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/// One column of a table: its title, and what it shows of a thing.
///
/// @param whenUsed only people see it, and only when something stands in it; programs ask for JSON
public record Column(String title, Function<JsonNode, Cell> cell, boolean whenUsed) {
    public Column(String title, Function<JsonNode, Cell> cell) {
        this(title, cell, false);
    }

    /// Who has it open.
    public static Column openBy() {
        return new Column("OPEN BY", Cell::openBy, true);
    }

    /// Whether it is new to the person who asks.
    public static Column isNew() {
        return new Column("NEW", o -> Cell.text(o.path("new").asBoolean() ? "new" : ""), true);
    }

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
