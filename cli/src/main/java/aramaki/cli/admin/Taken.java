package aramaki.cli.admin;

import aramaki.cli.output.Part;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What was taken out of an instance or put into one, for people.
final class Taken {
    private Taken() {}

    static void show(Shell shell, JsonNode report) {
        var parts = new ArrayList<Part>();
        for (String name : List.of("folder", "data", "from", "kind", "instance", "keys")) {
            if (report.has(name)) {
                parts.add(Part.text(report, name));
            }
        }
        if (report.hasNonNull("takenAt")) {
            parts.add(Part.time(report, "takenAt"));
        }
        for (String name : List.of("rows", "events", "logs", "bytes", "content", "tookMillis")) {
            if (report.has(name)) {
                parts.add(Part.text(report, name));
            }
        }
        shell.output().show(report, parts);
    }
}
