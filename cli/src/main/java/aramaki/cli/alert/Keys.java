package aramaki.cli.alert;

import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.model.Refusal;
import aramaki.model.alert.AlertKey;

/// The keys of alerts as people type them.
final class Keys {
    private Keys() {}

    /// Where this alert is, and what is to be done to it.
    static Route route(String key, String... more) {
        try {
            var about = AlertKey.parse(key).about();
            var parts = new String[more.length + 4];
            parts[0] = "alerts";
            parts[1] = about.system().value();
            parts[2] = about.entity().value();
            parts[3] = about.check().value();
            System.arraycopy(more, 0, parts, 4, more.length);
            return Route.to(parts);
        } catch (Refusal e) {
            throw Failure.usage(e.text(), "the keys: aramaki alert list --json=key");
        }
    }
}
