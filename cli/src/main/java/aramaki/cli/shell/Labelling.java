package aramaki.cli.shell;

import aramaki.cli.api.Failure;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Labels as people type them: `key=value`, and `key` alone for a tag.
public final class Labelling {
    private Labelling() {}

    public static ObjectNode parse(List<String> typed) {
        ObjectNode labels = Json.mapper().createObjectNode();
        for (String label : typed) {
            int equals = label.indexOf('=');
            String key = (equals < 0 ? label : label.substring(0, equals)).strip();
            if (key.isEmpty()) {
                throw Failure.usage(
                        "\"" + label + "\" is not a label", "write key=value, or key for a tag");
            }
            labels.put(key, equals < 0 ? "" : label.substring(equals + 1).strip());
        }
        return labels;
    }
}
