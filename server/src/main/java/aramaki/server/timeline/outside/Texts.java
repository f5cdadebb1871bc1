package aramaki.server.timeline.outside;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Stream;

/// Words out of documents that others wrote: looked for, never trusted to be there or to be short.
final class Texts {
    private Texts() {}

    /// The text at a path; empty when it is missing, no text, or blank.
    static Optional<String> at(JsonNode node, String pointer) {
        return Optional.ofNullable(node.at(pointer).textValue())
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /// The first of some paths that has a text.
    static Optional<String> first(JsonNode node, String... pointers) {
        return Stream.of(pointers).flatMap(p -> at(node, p).stream()).findFirst();
    }

    /// The beginning, whole characters only.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean split = Character.isHighSurrogate(text.charAt(most - 2));
        return text.substring(0, split ? most - 2 : most - 1) + "…";
    }

    /// On one line.
    static String line(String text, int most) {
        return cut(text.strip().replaceAll("\\s+", " "), most);
    }

    /// Whether a browser may be sent there.
    static boolean isWebAddress(String text) {
        try {
            var uri = new URI(text);
            String scheme = uri.getScheme();
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
