package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.server.access.Access;
import aramaki.server.access.SignedIn;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Who is behind a request: a bearer token for programs, a session cookie for browsers. A cookie
/// counts for a change only when the request came from our own pages.
public final class Sessions {
    private static final String BEARER = "Bearer ";
    private final Access access;
    private final String cookie;
    private final String device;
    private final String away;

    /// The cookie's name carries the instance, since cookies ignore ports and two instances may run
    /// on one host.
    public Sessions(Access access, String instanceId) {
        this.access = access;
        this.cookie = "__Host-sid-" + instanceId.substring(2, 10);
        this.device = "__Host-dev-" + instanceId.substring(2, 10);
        this.away = "__Host-oidc-" + instanceId.substring(2, 10);
    }

    public Optional<SignedIn> signedIn(Context context) {
        String authorization = context.header("Authorization");
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer
                    ? access.token(authorization.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        var found = secret(context).flatMap(s -> access.session(s, !byItself(context)));
        if (found.isPresent() && Exchange.isUnsafe(context)) {
            refuseForeignOrigin(context);
        }
        return found;
    }

    /// A page that fetches itself again is nobody who is there.
    private static boolean byItself(Context context) {
        return "refresh".equals(context.header("HX-Trigger")) || context.path().equals("/stream");
    }

    public void open(Context context, String secret) {
        set(context, cookie, secret, "");
    }

    /// Ends the session; the browser stays known.
    public void close(Context context) {
        secret(context).ifPresent(access::signOut);
        set(context, cookie, "", "; Max-Age=0");
    }

    /// The session that a browser says it has.
    public Optional<String> secret(Context context) {
        return value(context, cookie);
    }

    /// What the browser of somebody who signed in before has.
    public Optional<String> device(Context context) {
        return value(context, device);
    }

    public void remember(Context context, String secret) {
        set(context, device, secret, "; Max-Age=" + Access.DEVICE_VALID.toSeconds());
    }

    /// A browser goes to its organisation, and has this with it when it comes back.
    public void leave(Context context, String secret, Duration valid) {
        set(context, away, secret, "; Max-Age=" + valid.toSeconds());
    }

    /// What it left with, once; empty without anything.
    public String left(Context context) {
        String secret = value(context, away).orElse("");
        if (!secret.isEmpty()) {
            set(context, away, "", "; Max-Age=0");
        }
        return secret;
    }

    private static Optional<String> value(Context context, String name) {
        return Optional.ofNullable(context.cookie(name)).filter(s -> !s.isEmpty());
    }

    private static void set(Context context, String name, String value, String more) {
        context.res()
                .addHeader(
                        "Set-Cookie",
                        name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax" + more);
    }

    /// Fetch Metadata first, then the Origin header; a browser sends at least one with every
    /// change.
    public static void refuseForeignOrigin(Context context) {
        String site = context.header("Sec-Fetch-Site");
        if (site != null) {
            if (!Set.of("same-origin", "none").contains(site)) {
                throw foreign();
            }
            return;
        }
        String origin = context.header("Origin");
        if (origin == null || !sameHost(origin, context)) {
            throw foreign();
        }
    }

    private static boolean sameHost(String origin, Context context) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equals(context.header("Host"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Refusal foreign() {
        return new Refusal(
                Refusal.Reason.FORBIDDEN,
                "foreign-origin",
                "this change was asked for by a page that is not ours");
    }
}
