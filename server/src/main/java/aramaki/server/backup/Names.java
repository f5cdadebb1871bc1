package aramaki.server.backup;

import aramaki.server.identity.Identity;
import java.util.List;

/// What the files of a backup are called.
final class Names {
    static final String MANIFEST = "manifest.json";
    static final String GENESIS = Identity.DOCUMENT;
    static final List<String> KEYS = List.of(Identity.LOG_KEY, Identity.RECOVERY_KEY);

    private Names() {}

    static String table(String name) {
        return "tables/" + name + ".jsonl";
    }

    static String key(String name) {
        return "keys/" + name;
    }
}
