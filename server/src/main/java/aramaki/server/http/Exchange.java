package aramaki.server.http;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.server.access.Caller;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request with who asks, and the few ways we answer.
public final class Exchange {
    /// A list answers at most this many items.
    public static final int MAX_LIMIT = 1000;

    private static final int DEFAULT_LIMIT = 200;

    private final Context context;
    private final @Nullable Caller caller;

    Exchange(Context context, @Nullable Caller caller) {
        this.context = context;
        this.caller = caller;
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

    public Optional<Caller> maybeCaller() {
        return Optional.ofNullable(caller);
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
