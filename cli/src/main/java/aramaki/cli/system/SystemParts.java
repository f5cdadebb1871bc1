package aramaki.cli.system;

import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a system looks like, printed.
final class SystemParts {
    private static final List<Column> CHECKS =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("CHECK", "name"),
                    Column.text("RUNS", "schedule"),
                    Column.text("LABELS", "labels"));
    private static final List<Column> LINKS =
            List.of(Column.text("TITLE", "title"), Column.text("URL", "url"));

    private SystemParts() {}

    static List<Part> of(JsonNode system) {
        return List.of(
                Part.text(system, "name"),
                Part.text(system, "title"),
                new Part.Line("category", Cell.text(system.path("category"), "singular")),
                Part.state(system, "state"),
                new Part.Line("counts", Cell.counts(system)),
                Part.time(system, "since"),
                Part.time(system, "seenAt"),
                Part.text(system, "labels"),
                Part.block(system, "description"),
                Part.block(system, "rules"),
                Part.text(system, "people"),
                Part.text(system, "subsystems"),
                Part.text(system, "parents"),
                Part.text(system, "folder"),
                Part.text(system, "notUsedYet"),
                Part.table("check", CHECKS, system.path("checks")),
                Part.table("link", LINKS, system.path("links")));
    }
}
