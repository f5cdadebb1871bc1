package aramaki.server.system.files;

import java.util.HashMap;
import java.util.Map;

/// Check documents that were read without a problem. Many systems carry the same ones, and a start
/// reads all of them; each is read once. Not for several threads.
public final class CheckDocuments {
    private final Map<Written, CheckDocument> read = new HashMap<>();

    /// What a document's meaning depends on, besides the kinds of probes there are.
    private record Written(String fileName, String text, KnownLabels known) {}

    CheckDocument read(
            String fileName, String text, KnownLabels known, Problems here, ProbeCatalog probes) {
        var written = new Written(fileName, text, known);
        var before = read.get(written);
        if (before != null) {
            return before;
        }
        int problems = here.all().size();
        var document =
                Mapping.read(text, here, "name: " + fileName)
                        .map(top -> CheckDocument.read(fileName, top, known, probes))
                        .orElse(CheckDocument.NONE);
        if (here.all().size() == problems) { // a problem is said in each system that has it
            read.put(written, document);
        }
        return document;
    }
}
