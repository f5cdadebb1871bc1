package aramaki.server.settings;

import java.util.List;
import java.util.stream.Stream;

/// One thing that can be set: its key in the file, and its variable in the environment.
enum Setting {
    STORE("store"),
    STORE_USER("storeUser"),
    STORE_PASSWORD_FILE("storePasswordFile"),
    STORE_POOL("storePool"),
    STORE_STATEMENT_TIMEOUT("storeStatementTimeout"),
    KEEP_RESULTS("keepResults"),
    KEEP_FIVE_MINUTES("keepFiveMinutes"),
    KEEP_HOURS("keepHours"),
    KEEP_ACCESS("keepAccess"),
    HEARTBEAT_URL("heartbeatUrl"),
    HEARTBEAT_EVERY("heartbeatEvery");

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /// `ARAMAKI_STORE_USER`
    String variable() {
        return "ARAMAKI_" + name();
    }

    static List<String> keys() {
        return Stream.of(values()).map(Setting::key).toList();
    }
}
