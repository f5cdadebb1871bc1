package aramaki.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where in the API a thing is, below `/api/v1`, and which of many are asked for.
public record Route(List<String> segments, Map<String, String> query) {
    public Route {
        segments = List.copyOf(segments);
        query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    public static Route to(String... segments) {
        for (String segment : segments) {
            // A dot segment would quietly name another resource.
            if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw Failure.usage(
                        "\"" + segment + "\" is not a name", "names begin with a letter or digit");
            }
        }
        return new Route(List.of(segments), Map.of());
    }

    /// The same, filtered; an absent value filters nothing.
    public Route with(String name, Optional<String> value) {
        return value.map(v -> with(name, v)).orElse(this);
    }

    public Route with(String name, String value) {
        var more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new Route(segments, more);
    }

    @Override
    public String toString() {
        String path = segments.stream().map(Route::encoded).collect(Collectors.joining("/"));
        String asked =
                query.entrySet().stream()
                        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                        .collect(Collectors.joining("&"));
        return "/api/v1/" + path + (asked.isEmpty() ? "" : "?" + asked);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
