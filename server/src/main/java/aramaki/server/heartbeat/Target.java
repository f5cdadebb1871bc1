package aramaki.server.heartbeat;

import aramaki.model.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/// Where a heartbeat goes, and how often. The address is a secret: who knows it can pretend to be
/// us, so it is never printed.
public record Target(URI url, Duration every) {
    public static final Duration DEFAULT_EVERY = Duration.ofSeconds(60);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public Target {
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            throw Refusal.invalid("bad-heartbeat", "a heartbeat goes out every 1 s to 1 day");
        }
    }

    /// Refuses what is no http or https address, without repeating it.
    public static Target parse(String url, Duration every) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            throw bad();
        }
        boolean web =
                uri.getScheme() != null
                        && SCHEMES.contains(uri.getScheme())
                        && uri.getHost() != null;
        if (!web || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw bad();
        }
        return new Target(uri, every);
    }

    private static Refusal bad() {
        return Refusal.invalid(
                "bad-heartbeat",
                "the heartbeat URL is no address such as https://hc-ping.com/UUID (it is secret, so"
                        + " it is not repeated here)");
    }

    /// As much of it as may be seen: `https://hc-ping.com/…`.
    public String shown() {
        return url.getScheme()
                + "://"
                + url.getHost()
                + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + "/…";
    }

    @Override
    public String toString() {
        return shown() + " every " + every;
    }
}
