package aramaki.cli.api;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// The base URL of a server, without a slash at its end.
public record ServerUrl(URI uri) {
    public static final ServerUrl DEFAULT = parse("http://localhost:8700");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /// Reads what a person typed; without a scheme it is `http`.
    public static ServerUrl parse(String text) {
        String typed = text.strip();
        String full = typed.contains("://") ? typed : "http://" + typed;
        try {
            var uri = URI.create(full.replaceAll("/+$", ""));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && plain(uri)) {
                return new ServerUrl(uri);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for every other wrong address.
        }
        throw Failure.usage(
                "\"" + text + "\" is not the address of a server",
                "write it like http://localhost:8700 or https://ops.example.org");
    }

    private static boolean plain(URI uri) {
        return uri.getFragment() == null && uri.getUserInfo() == null;
    }

    /// What the server's profile is filed under; the names of this host count as one.
    public String key() {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String name =
                LOOPBACK.contains(host)
                        ? "localhost"
                        : host.replace("[", "").replace("]", "").replace(':', '_');
        return name + "-" + port();
    }

    public int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
