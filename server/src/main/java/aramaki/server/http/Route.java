package aramaki.server.http;

import org.jspecify.annotations.Nullable;

/// One thing this server answers. The same table feeds routing, the OpenAPI document, and the test
/// that walks every route as every caller.
///
/// @param path with `{parameters}`
/// @param need who may ask
/// @param summary one sentence for the reference
/// @param body record class of the request's JSON; null without one
/// @param answer record class of the answer's JSON, an array class for a list of them; null where
///     it is none
public record Route(
        Method method,
        String path,
        Need need,
        String summary,
        @Nullable Class<?> body,
        @Nullable Class<?> answer,
        Handler handler) {

    /// The methods we use.
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    /// Answers one request.
    @FunctionalInterface
    public interface Handler {
        void handle(Exchange exchange);
    }

    public static Route get(
            String path, Need need, String summary, Class<?> answer, Handler handler) {
        return new Route(Method.GET, path, need, summary, null, answer, handler);
    }

    /// A list of these, as `{"items": [...], "next": ...}`.
    public static Route list(
            String path, Need need, String summary, Class<?> item, Handler handler) {
        return get(path, need, summary, item.arrayType(), handler);
    }

    public static Route post(
            String path,
            Need need,
            String summary,
            @Nullable Class<?> body,
            @Nullable Class<?> answer,
            Handler handler) {
        return new Route(Method.POST, path, need, summary, body, answer, handler);
    }

    /// A page for people.
    public static Route page(String path, Need need, String summary, Handler handler) {
        return new Route(Method.GET, path, need, summary, null, null, handler);
    }

    /// What a form of a page does.
    public static Route form(String path, Need need, String summary, Handler handler) {
        return new Route(Method.POST, path, need, summary, null, null, handler);
    }

    public static Route open(Method method, String path, String summary, Handler handler) {
        return new Route(method, path, Need.NOBODY, summary, null, null, handler);
    }

    /// Whether this is part of the JSON interface.
    public boolean api() {
        return path.startsWith("/api/");
    }
}
