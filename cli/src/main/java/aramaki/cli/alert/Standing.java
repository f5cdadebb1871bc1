package aramaki.cli.alert;

import aramaki.cli.output.Cell;
import com.fasterxml.jackson.databind.JsonNode;

/// Who has an alert, and what hides it, in a few words.
final class Standing {
    private Standing() {}

    /// `ada until 16:00`, with a mark when that is soon; empty for nobody.
    static Cell owner(JsonNode alert) {
        String owner = Cell.string(alert.path("owner"));
        if (owner.isEmpty()) {
            return Cell.text("");
        }
        if (!alert.path("acknowledgedAt").isTextual()) {
            return Cell.text(owner + " (assigned)");
        }
        String until = Cell.string(alert.path("expiresAt"));
        String soon = alert.path("reminded").asBoolean() ? ", runs out soon" : "";
        return Cell.text(owner + (until.isEmpty() ? " until resolved" : " until " + until) + soon);
    }

    static Cell silenced(JsonNode alert) {
        return Cell.text(Cell.string(alert.path("silenced").path("name")));
    }
}
