package aramaki.server.backup;

import aramaki.server.identity.Identity;
import aramaki.server.identity.KeyHistory;
import java.util.List;

/// What the files of a backup are called.
final class Names {
    static final String MANIFEST = "manifest.json";
    static final String GENESIS = Identity.DOCUMENT;
    static final String KEY_LOG = KeyHistory.FILE;

    /// Files of secrets in an instance's folder, the log's first.
    static final List<String> KEYS = Identity.SECRETS;

    private Names() {}

    static String table(String name) {
        return "tables/" + name + ".jsonl";
    }

    static String key(String name) {
        return "keys/" + name;
    }
}
