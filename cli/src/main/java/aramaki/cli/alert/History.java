package aramaki.cli.alert;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Cell;
import aramaki.model.alert.AlertHistory;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The past of an alert in one sentence, with the hours of this host's zone.
final class History {
    private History() {}

    static Cell sentence(JsonNode alert, Ages ages) {
        var history = alert.path("history");
        var first = Cell.instant(history.path("firstAt"));
        if (first.isEmpty()) {
            return Cell.text("");
        }
        var known =
                new AlertHistory(
                        first.get(),
                        Cell.instant(history.path("lastOkAt")),
                        history.path("times1d").asInt(),
                        history.path("times7d").asInt(),
                        history.path("times90d").asInt(),
                        history.path("medianSeconds").isNumber()
                                ? OptionalLong.of(history.path("medianSeconds").asLong())
                                : OptionalLong.empty(),
                        history.path("usualHour").isNumber()
                                ? OptionalInt.of(history.path("usualHour").asInt())
                                : OptionalInt.empty(),
                        history.path("total").asInt());
        boolean firing = !alert.path("state").asText().equals("resolved");
        return Cell.text(known.sentence(firing, ages.now(), ages.zone()));
    }
}
