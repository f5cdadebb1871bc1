package aramaki.server.store;

import aramaki.model.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which store a server keeps everything in.
public sealed interface StoreSettings {
    /// Where to find it, for people; without any secret.
    String shown();

    /// `sqlite` or `postgresql`.
    String kind();

    /// A file in the data directory: nothing to set up, for one server on one machine.
    record Embedded() implements StoreSettings {
        /// How it is written in settings.
        public static final String WORD = "sqlite";

        @Override
        public String shown() {
            return WORD;
        }

        @Override
        public String kind() {
            return WORD;
        }
    }

    /// A database of a PostgreSQL server.
    ///
    /// @param passwordFile whose first line is the password; without one, PostgreSQL must let us in
    ///     without
    /// @param tls what is asked of the connection: `sslmode` and `sslrootcert` as libpq has them
    /// @param pool how many connections read at the same time
    /// @param statementTimeout how long one statement may take
    record Postgres(
            String host,
            int port,
            String database,
            String user,
            Optional<Path> passwordFile,
            Map<String, String> tls,
            int pool,
            Duration statementTimeout)
            implements StoreSettings {
        public static final int DEFAULT_POOL = 8;
        public static final int LARGEST_POOL = 64;
        public static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(30);
        public static final String DEFAULT_USER = "aramaki";
        private static final int DEFAULT_PORT = 5432;
        private static final String SCHEME = "postgresql";
        private static final String NAME = "[A-Za-z0-9_.-]{1,63}";

        public Postgres {
            tls = Map.copyOf(tls);
        }

        /// With everything but the address at its default. Refuses an address that holds a user or
        /// a password: options and addresses can be read by others on the machine.
        public static Postgres at(String url) {
            URI uri;
            try {
                uri = new URI(url.strip());
            } catch (URISyntaxException e) {
                throw bad(url);
            }
            if (uri.getRawUserInfo() != null) {
                throw Refusal.invalid(
                        "bad-store",
                        "the address of the store holds a user or a password; leave them out: the"
                                + " user has a setting of its own, and the password stands in a"
                                + " file");
            }
            String path = uri.getPath() == null ? "" : uri.getPath();
            if (!SCHEME.equals(uri.getScheme())
                    || uri.getHost() == null
                    || !path.matches("/" + NAME)
                    || uri.getFragment() != null) {
                throw bad(url);
            }
            return new Postgres(
                    uri.getHost(),
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    path.substring(1),
                    DEFAULT_USER,
                    Optional.empty(),
                    tls(uri.getQuery()),
                    DEFAULT_POOL,
                    DEFAULT_STATEMENT_TIMEOUT);
        }

        private static Map<String, String> tls(@Nullable String query) {
            var tls = new LinkedHashMap<String, String>();
            if (query != null) {
                for (String pair : query.split("&", -1)) {
                    var parts = pair.split("=", 2);
                    boolean known =
                            switch (parts[0]) {
                                case "sslmode" ->
                                        parts.length == 2
                                                && parts[1].matches(
                                                        "disable|prefer|require|verify-ca|verify-full");
                                case "sslrootcert" -> parts.length == 2 && !parts[1].isEmpty();
                                default -> false;
                            };
                    if (!known) {
                        throw Refusal.invalid(
                                "bad-store",
                                "the address of the store has \""
                                        + pair
                                        + "\"; after the ? there may be sslmode=disable, prefer,"
                                        + " require, verify-ca or verify-full, and"
                                        + " sslrootcert=FILE");
                    }
                    tls.put(parts[0], parts[1]);
                }
            }
            return tls;
        }

        private static Refusal bad(String url) {
            return Refusal.invalid(
                    "bad-store",
                    "\""
                            + url
                            + "\" is no store; write sqlite, or an address such as"
                            + " postgresql://db.example.org:5432/aramaki");
        }

        public Postgres as(String otherUser) {
            return new Postgres(
                    host, port, database, otherUser, passwordFile, tls, pool, statementTimeout);
        }

        public Postgres withPasswordFile(Path file) {
            return new Postgres(
                    host, port, database, user, Optional.of(file), tls, pool, statementTimeout);
        }

        public Postgres withPool(int connections) {
            return new Postgres(
                    host, port, database, user, passwordFile, tls, connections, statementTimeout);
        }

        public Postgres withStatementTimeout(Duration longest) {
            return new Postgres(host, port, database, user, passwordFile, tls, pool, longest);
        }

        @Override
        public String kind() {
            return SCHEME;
        }

        @Override
        public String shown() {
            String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
            return SCHEME + "://" + name + ":" + port + "/" + database;
        }
    }

    /// `sqlite`, or the address of a PostgreSQL database.
    static StoreSettings parse(String text) {
        return text.strip().equals(Embedded.WORD) ? new Embedded() : Postgres.at(text);
    }
}
