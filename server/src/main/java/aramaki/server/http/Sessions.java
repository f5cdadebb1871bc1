package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Who is behind a request: a bearer token for programs, a session cookie for browsers. A cookie
/// counts for a change only when the request came from our own pages.
public final class Sessions {
    private static final String BEARER = "Bearer ";
    private final Access access;
    private final String cookie;

    /// The cookie's name carries the instance, since cookies ignore ports and two instances may run
    /// on one host.
    public Sessions(Access access, String instanceId) {
        this.access = access;
        this.cookie = "__Host-sid-" + instanceId.substring(2, 10);
    }

    public Optional<Caller> caller(Context context) {
        String authorization = context.header("Authorization");
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer
                    ? access.byToken(authorization.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        var caller = secret(context).flatMap(access::bySession);
        if (caller.isPresent() && Exchange.isUnsafe(context)) {
            refuseForeignOrigin(context);
        }
        return caller;
    }

    public void open(Context context, String secret) {
        context.header(
                "Set-Cookie", cookie + "=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    public void close(Context context) {
        secret(context).ifPresent(access::signOut);
        context.header(
                "Set-Cookie", cookie + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    private Optional<String> secret(Context context) {
        return Optional.ofNullable(context.cookie(cookie)).filter(s -> !s.isEmpty());
    }

    /// Fetch Metadata first, then the Origin header; a browser sends at least one with every
    /// change.
    static void refuseForeignOrigin(Context context) {
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
