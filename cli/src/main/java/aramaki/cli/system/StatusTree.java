package aramaki.cli.system;

import aramaki.cli.output.Cell;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A status as the lines of a tree: each system over its checks and its subsystems.
final class StatusTree {
    static final List<String> TITLES = List.of("NAME", "STATE", "CHECKS", "SEEN", "OUTPUT");

    private static final Cell NOTHING = Cell.text("");

    private final List<List<Cell>> rows = new ArrayList<>();

    private StatusTree() {}

    static List<List<Cell>> rows(List<JsonNode> systems) {
        var tree = new StatusTree();
        systems.forEach(s -> tree.system(s, "", "", ""));
        return tree.rows;
    }

    /// `twig` stands before this line, `indent` before those below it.
    private void system(JsonNode system, String twig, String indent, String above) {
        String name = Cell.string(system.path("name"));
        String path = above.isEmpty() ? name : above + "/" + name;
        rows.add(
                List.of(
                        new Cell.Twig(twig, state(system), name, path),
                        Cell.state(system, "state"),
                        Cell.counts(system),
                        Cell.time(system, "seenAt"),
                        new Cell.Noted(Cell.string(system.path("title")), openBy(system))));
        var checks = system.path("checks").valueStream().toList();
        var subsystems = system.path("subsystems").valueStream().toList();
        int left = checks.size() + subsystems.size();
        for (var check : checks) {
            check(check, indent + (--left == 0 ? "└─ " : "├─ "), path);
        }
        for (var subsystem : subsystems) {
            boolean last = --left == 0;
            system(
                    subsystem,
                    indent + (last ? "└─ " : "├─ "),
                    indent + (last ? "   " : "│  "),
                    path);
        }
    }

    private void check(JsonNode check, String twig, String above) {
        String entity = Cell.string(check.path("entity"));
        String name = Cell.string(check.path("check"));
        rows.add(
                List.of(
                        new Cell.Twig(
                                twig,
                                state(check),
                                name + " on " + entity,
                                above + "/" + entity + "/" + name),
                        Cell.state(check, "state"),
                        NOTHING,
                        Cell.time(check, "seenAt"),
                        Cell.text(check, "output")));
    }

    private static String openBy(JsonNode system) {
        String names =
                Cell.openBy(system).viewers().stream()
                        .map(Cell.OpenBy.Viewer::person)
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "open by " + names;
    }

    private static String state(JsonNode node) {
        return Cell.string(node.path("state"));
    }
}
