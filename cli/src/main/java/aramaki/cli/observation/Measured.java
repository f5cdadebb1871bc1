package aramaki.cli.observation;

import aramaki.cli.api.Failure;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;

/// A metric as people type it and plugins print it: `time=340s;300;600`.
final class Measured {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<name>[^=;]{1,200})=(?<value>[-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)"
                            + "(?<unit>[A-Za-z%/]{0,10})(?:;(?<warn>[^;]*))?(?:;(?<crit>[^;]*))?");

    /// Into base units, which is how all metrics are kept.
    private static final Map<String, Unit> UNITS =
            Map.of(
                    "ms", new Unit("s", 1e-3),
                    "us", new Unit("s", 1e-6),
                    "KB", new Unit("B", 1024),
                    "MB", new Unit("B", 1024 * 1024),
                    "GB", new Unit("B", 1024.0 * 1024 * 1024),
                    "TB", new Unit("B", 1024.0 * 1024 * 1024 * 1024));

    private record Unit(String base, double factor) {}

    private Measured() {}

    static ObjectNode parse(String typed) {
        var form = FORM.matcher(typed);
        if (!form.matches()) {
            throw Failure.usage(
                    "\"" + typed + "\" is not a metric",
                    "write NAME=VALUE[UNIT][;WARN[;CRIT]], as in time=340s;300;600");
        }
        String word = form.group("unit");
        var unit = UNITS.getOrDefault(word, new Unit(word, 1));
        ObjectNode metric =
                Json.mapper()
                        .createObjectNode()
                        .put("name", form.group("name").strip())
                        .put("value", Double.parseDouble(form.group("value")) * unit.factor())
                        .put("unit", unit.base());
        range(metric, "warn", form.group("warn"), unit, typed);
        range(metric, "crit", form.group("crit"), unit, typed);
        return metric;
    }

    private static void range(
            ObjectNode metric,
            String name,
            @org.jspecify.annotations.Nullable String text,
            Unit unit,
            String typed) {
        if (text == null || text.isBlank()) {
            return;
        }
        var range =
                aramaki.model.observation.Range.parse(text.strip())
                        .orElseThrow(
                                () ->
                                        Failure.usage(
                                                "\"" + text + "\" in \"" + typed + "\" is no range",
                                                "write 300, 10:20, ~:5 or @10:20"));
        metric.put(name, range.times(unit.factor()).toString());
    }
}
