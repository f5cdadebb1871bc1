package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.web.view.Static;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/static/{file}`: what every page needs to look right, served to strangers too.
final class StaticFiles {
    private final Map<String, Static> byPath =
            Static.all().stream().collect(Collectors.toMap(Static::path, Function.identity()));

    Route route() {
        return Route.open(Route.Method.GET, "/static/{file}", "Styles and scripts.", this::serve);
    }

    private void serve(Exchange exchange) {
        var context = exchange.context();
        var file = byPath.get("/static/" + exchange.path("file"));
        if (file == null) {
            exchange.caller(); // strangers learn nothing but that they must sign in
            throw Refusal.notFound("file", exchange.path("file"));
        }
        context.header("ETag", file.etag());
        context.header("Cache-Control", "no-cache");
        if (asked(context.header("If-None-Match"), file.etag())) {
            context.status(304);
        } else {
            context.contentType(file.contentType()).result(file.bytes());
        }
    }

    private static boolean asked(@Nullable String header, String etag) {
        return Arrays.stream(Optional.ofNullable(header).orElse("").split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(etag::equals);
    }
}
