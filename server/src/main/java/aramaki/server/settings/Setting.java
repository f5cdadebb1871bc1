package aramaki.server.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One thing that can be set: its key in the file, its variable in the environment, and
/// its option, where it has one.
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
    HEARTBEAT_EVERY("heartbeatEvery"),
    LISTEN("listen"),
    TLS_CERTIFICATE("tlsCertificate"),
    TLS_KEY("tlsKey"),
    HTTP_REDIRECT_PORT("httpRedirectPort"),
    PUBLIC_URL("publicUrl"),
    BEHIND_PROXY("behindProxy"),
    OIDC("oidc");

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

    /// `--store-user`
    String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> keys() {
        return Stream.of(values()).map(Setting::key).toList();
    }
}
