package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.server.access.Access;
import aramaki.server.access.Passwords;
import aramaki.server.access.Proof;
import aramaki.server.http.Exchange;
import aramaki.server.http.Sessions;
import aramaki.server.oidc.Organisations;
import aramaki.server.passkey.Passkeys;
import aramaki.server.passkey.Site;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the pages have in common on which somebody proves who they are.
record Proving(
        Access access,
        Passwords passwords,
        Passkeys passkeys,
        Organisations organisations,
        Sessions sessions) {
    /// Words by which browsers give themselves away; each claims to be those behind it, too.
    private static final List<Entry<String, String>> PROGRAMS =
            List.of(
                    Map.entry("edg/", "Edge"),
                    Map.entry("firefox/", "Firefox"),
                    Map.entry("chrome/", "Chromium"),
                    Map.entry("safari/", "Safari"));

    private static final List<Entry<String, String>> HOSTS =
            List.of(
                    Map.entry("android", "Android"),
                    Map.entry("iphone", "iPhone"),
                    Map.entry("ipad", "iPad"),
                    Map.entry("windows", "Windows"),
                    Map.entry("mac os", "macOS"),
                    Map.entry("linux", "Linux"));

    /// What a script sends once a device has answered.
    ///
    /// @param label what a new passkey is called
    /// @param code of an invitation
    public record Answered(
            String ceremony, JsonNode credential, @Nullable String label, @Nullable String code)
            implements Json.Whole {}

    static Site site(Exchange exchange) {
        return Site.of(Optional.ofNullable(exchange.context().header("Host")).orElse(""));
    }

    /// Why no passkey can be used here; empty when one can.
    static String hindrance(Exchange exchange) {
        try {
            site(exchange);
            return "";
        } catch (Refusal e) {
            return e.text();
        }
    }

    static void begun(Exchange exchange, Passkeys.Begun begun) {
        exchange.json(Map.of("ceremony", begun.ceremony(), "options", begun.options()));
    }

    static void next(Exchange exchange, String path) {
        exchange.json(Map.of("next", path));
    }

    static String field(Exchange exchange, String name) {
        return Optional.ofNullable(exchange.context().formParam(name)).orElse("");
    }

    /// A name and a password or code, as a form brings them.
    Passwords.Proved byPassword(Exchange exchange, String name) {
        String password = field(exchange, "password");
        if (name.isEmpty() || password.isEmpty() || password.length() > 1000) {
            throw Refusal.invalid("sign-in-failed", "a name and a password are needed");
        }
        return passwords.prove(
                new Passwords.Try(
                        name,
                        password,
                        exchange.context().ip(),
                        sessions.device(exchange.context())));
    }

    /// A new session for this browser, which is known from now on.
    void open(Exchange exchange, String person, Proof proof) {
        var context = exchange.context();
        String browser = browser(exchange);
        sessions.open(context, access.open(person, proof, browser, sessions.secret(context)));
        known(exchange, person);
    }

    /// The same, where the proof may be older.
    void open(Exchange exchange, String person, Proof proof, Instant provedAt) {
        var context = exchange.context();
        sessions.open(
                context,
                access.open(person, proof, provedAt, browser(exchange), sessions.secret(context)));
        known(exchange, person);
    }

    void known(Exchange exchange, String person) {
        var context = exchange.context();
        if (sessions.device(context).filter(d -> access.remembers(person, d)).isEmpty()) {
            sessions.remember(context, access.remember(person, browser(exchange)));
        }
    }

    /// The session of this browser goes on under a new secret.
    void proved(Exchange exchange, Proof proof) {
        sessions.open(exchange.context(), access.prove(secret(exchange), proof));
    }

    /// The same, where the proof may be older.
    void proved(Exchange exchange, Proof proof, Instant provedAt) {
        sessions.open(exchange.context(), access.prove(secret(exchange), proof, provedAt));
    }

    private String secret(Exchange exchange) {
        return sessions.secret(exchange.context())
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "no-session",
                                        "this is for browsers; a token proves nothing more"));
    }

    /// Which browser it says it is, in a few words.
    static String browser(Exchange exchange) {
        String agent =
                Optional.ofNullable(exchange.context().header("User-Agent"))
                        .orElse("")
                        .toLowerCase(Locale.ROOT);
        String host = named(agent, HOSTS, "");
        return named(agent, PROGRAMS, "a browser") + (host.isEmpty() ? "" : " on " + host);
    }

    private static String named(String agent, List<Entry<String, String>> words, String other) {
        return words.stream()
                .filter(w -> agent.contains(w.getKey()))
                .map(Entry::getValue)
                .findFirst()
                .orElse(other);
    }
}
