package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.server.access.Caller;
import aramaki.server.access.SignedIn;
import aramaki.server.sight.Sight;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request with who asks, and the few ways we answer.
public final class Exchange {
    /// A list answers at most this many items.
    public static final int MAX_LIMIT = 1000;

    /// The code of a refusal for want of a fresh proof.
    static final String STEP_UP = "step-up";

    private static final int DEFAULT_LIMIT = 200;

    private final Context context;
    private final Guard guard;
    private final @Nullable Caller known;
    private final @Nullable SignedIn session;
    private final BooleanSupplier still;
    private @Nullable Caller caller;

    /// @param session who asks, and by what
    /// @param still whether who asks could ask again
    Exchange(Context context, Guard guard, @Nullable SignedIn session, BooleanSupplier still) {
        this.context = context;
        this.guard = guard;
        this.session = session;
        this.still = still;
        this.known = session == null ? null : session.caller();
        this.caller = known;
    }

    /// Refuses unless who asks may do what the route needs; they act under that grant from here on.
    void admit(Need need) {
        switch (need) {
            case Need.Nobody _ -> {}
            case Need.Someone _ -> caller();
            case Need.Oneself _ -> requirePerson();
            case Need.OnNamed _ -> caller();
            case Need.On on ->
                    caller = guard.admit(caller(), from(), on, context.pathParam(on.parameter()));
            case Need.OnInstance on -> caller = guard.admit(caller(), from(), on);
        }
    }

    private void requirePerson() {
        if (caller().narrowed()) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "persons-only",
                    "this is a person's own: a token with grants of its own cannot do it");
        }
    }

    /// Refuses unless who asks may do this to a system that the request names.
    ///
    /// @return who asks, acting under the grant that lets them
    public Caller require(Verb verb, SystemName system) {
        return guard.admit(signedIn(), from(), verb, system);
    }

    /// Whether who asks may do this to a system.
    public boolean may(Verb verb, SystemName system) {
        try {
            require(verb, system);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    /// Answers with what who asks may see.
    void answer(Route.Handler handler) {
        if (known == null) {
            handler.handle(this);
        } else {
            guard.sight(known, from()).during(() -> handler.handle(this));
        }
    }

    /// Whether who asks may read a log, at each time anew: a stream outlives what allowed it.
    public Predicate<LogId> watching() {
        var who = signedIn();
        var address = from();
        return log -> guard.sees(who, address, log);
    }

    /// What who asks may see, at each time anew.
    public Supplier<Sight> sight() {
        var who = signedIn();
        var address = from();
        return () -> guard.sight(who, address);
    }

    /// Who asks, under no grant in particular.
    public Caller signedIn() {
        if (known == null) {
            throw new Refusal(Refusal.Reason.UNAUTHENTICATED, "sign-in-first", "sign in first");
        }
        return known;
    }

    /// Where the request comes from.
    public InetAddress from() {
        return InetAddress.ofLiteral(context.ip());
    }

    /// The request as the library sees it, for what is not wrapped here.
    public Context context() {
        return context;
    }

    /// Who asks; only routes for strangers have nobody.
    public Caller caller() {
        if (caller == null) {
            throw new Refusal(Refusal.Reason.UNAUTHENTICATED, "sign-in-first", "sign in first");
        }
        return caller;
    }

    /// By which session or token they ask.
    public SignedIn session() {
        if (session == null) {
            throw new Refusal(Refusal.Reason.UNAUTHENTICATED, "sign-in-first", "sign in first");
        }
        return session;
    }

    Optional<SignedIn> maybeSession() {
        return Optional.ofNullable(session);
    }

    /// Whether the session or token that came with it has not ended meanwhile.
    public boolean stillSignedIn() {
        return still.getAsBoolean();
    }

    public Optional<Caller> maybeCaller() {
        return Optional.ofNullable(caller);
    }

    /// What is dangerous is only for somebody who proved to be there within five minutes. A browser
    /// is led to do so and back; of tokens only that of the local profile will do.
    public void requireFresh() {
        if (!session().fresh()) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    STEP_UP,
                    "this wants a fresh proof that it is you: sign in again in a browser, or use the"
                            + " local profile of the server's machine");
        }
    }

    /// Whether only the head of an answer is wanted.
    public boolean headOnly() {
        return context.method().equals(HandlerType.HEAD);
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    /// A query parameter; empty when missing or empty.
    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(v -> !v.isEmpty());
    }

    /// The `limit` parameter within bounds.
    public int limit() {
        return query("limit").map(Exchange::limit).orElse(DEFAULT_LIMIT);
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1) {
            throw Refusal.invalid("bad-limit", "limit must be 1 to " + MAX_LIMIT);
        }
        return Math.min(MAX_LIMIT, Integer.parseInt(text));
    }

    /// The `after` cursor as a number; `Long.MAX_VALUE` when missing.
    public long before() {
        return query("after").map(Exchange::cursor).orElse(Long.MAX_VALUE);
    }

    /// The `after` cursor of a list that grows at its end; 0 when missing.
    public long after() {
        return query("after").map(Exchange::cursor).orElse(0L);
    }

    private static long cursor(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.invalid("bad-cursor", "after must be the `next` of an earlier answer");
        }
        return Long.parseLong(text);
    }

    /// The request's JSON, with everything in it that is not optional.
    public <T> T body(Class<T> type) {
        return Json.complete(Json.read(context.bodyAsBytes(), type));
    }

    public void json(int status, Object value) {
        context.status(status).contentType("application/json").result(Json.bytes(value));
    }

    public void json(Object value) {
        json(200, value);
    }

    public void html(int status, String html) {
        context.status(status).contentType("text/html; charset=utf-8").result(html);
    }

    /// Whether a person with a browser asks, rather than a program.
    public boolean wantsHtml() {
        return wantsHtml(context);
    }

    static boolean wantsHtml(Context context) {
        String accept = context.header("Accept");
        return accept != null
                && accept.contains("text/html")
                && !context.path().startsWith("/api/");
    }

    static boolean isUnsafe(Context context) {
        return !Set.of(HandlerType.GET, HandlerType.HEAD).contains(context.method());
    }
}
