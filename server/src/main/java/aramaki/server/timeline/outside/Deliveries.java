package aramaki.server.timeline.outside;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// CDEvents as sentences for people: `deployed shop 1.4.2 to production (by jenkins)`.
final class Deliveries {
    private static final Pattern TYPE =
            Pattern.compile("dev\\.cdevents\\.([A-Za-z]+)\\.([A-Za-z]+)(\\..*)?");
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{12})[0-9a-f]*");
    private static final Pattern SPLIT = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private Deliveries() {}

    static String sentence(String type, String source, JsonNode event) {
        var words = TYPE.matcher(type);
        String by = " (by " + sender(source) + ")";
        if (!words.matches()) {
            return type + by;
        }
        String what = words.group(1).toLowerCase(Locale.ROOT);
        String how = words.group(2).toLowerCase(Locale.ROOT);
        String name = Texts.at(event, "/subject/id").orElse("something");
        return switch (what) {
                    case "service" -> service(how, name, event);
                    case "environment" ->
                            how
                                    + " environment "
                                    + Texts.at(event, "/subject/content/name").orElse(name);
                    case "pipelinerun" -> run("pipeline", "pipelineName", how, name, event);
                    case "taskrun" -> run("task", "taskName", how, name, event);
                    case "incident" -> incident(how, name, event);
                    case "ticket" -> ticket(how, name, event);
                    case "build", "artifact" -> artifact(what, how, name, event);
                    case "change" ->
                            how
                                    + " change "
                                    + name
                                    + Texts.at(event, "/subject/content/repository/id")
                                            .map(r -> " in " + r)
                                            .orElse("");
                    default -> how + " " + spaced(words.group(1)) + " " + name;
                }
                + by;
    }

    private static String service(String how, String name, JsonNode event) {
        String version = version(event).map(v -> " " + v).orElse("");
        String place =
                Texts.first(
                                event,
                                "/subject/content/environment/name",
                                "/subject/content/environment/id")
                        .orElse("");
        String it = name + version;
        return switch (how) {
            case "deployed" -> "deployed " + it + placed(" to ", place);
            case "upgraded" -> "upgraded " + name + placed(" to", version) + placed(" in ", place);
            case "rolledback" ->
                    "rolled back " + name + placed(" to", version) + placed(" in ", place);
            case "removed" -> "removed " + it + placed(" from ", place);
            case "published" -> "published " + it + placed(" in ", place);
            default -> how + " service " + it + placed(" in ", place);
        };
    }

    private static String run(String kind, String named, String how, String id, JsonNode event) {
        String name = Texts.at(event, "/subject/content/" + named).orElse(id);
        if (!how.equals("finished")) {
            return kind + " " + name + " " + how;
        }
        String errors =
                Texts.at(event, "/subject/content/errors")
                        .map(e -> ": " + Texts.line(e.lines().findFirst().orElse(""), 120))
                        .orElse("");
        String outcome = Texts.at(event, "/subject/content/outcome").orElse("");
        return kind
                + " "
                + name
                + switch (outcome.toLowerCase(Locale.ROOT)) {
                    case "success" -> " succeeded";
                    case "failure", "error" -> " failed" + errors;
                    case "cancel" -> " was cancelled";
                    case "" -> " finished";
                    default -> " finished: " + Texts.line(outcome, 40);
                };
    }

    private static String incident(String how, String name, JsonNode event) {
        String place =
                Texts.at(event, "/subject/content/service/id").map(s -> " of " + s).orElse("")
                        + placed(
                                " in ",
                                Texts.at(event, "/subject/content/environment/id").orElse(""));
        return "incident "
                + name
                + " "
                + how
                + place
                + Texts.at(event, "/subject/content/description")
                        .map(d -> ": " + Texts.line(d, 160))
                        .orElse("");
    }

    private static String ticket(String how, String name, JsonNode event) {
        return "ticket "
                + name
                + " "
                + how
                + Texts.at(event, "/subject/content/summary")
                        .map(s -> ": " + Texts.line(s, 160))
                        .orElse("");
    }

    private static String artifact(String what, String how, String name, JsonNode event) {
        String id =
                what.equals("artifact")
                        ? name
                        : Texts.at(event, "/subject/content/artifactId").orElse("");
        var artifact = Artifact.of(id);
        if (what.equals("build")) {
            return "build "
                    + name
                    + " "
                    + how
                    + artifact.map(a -> ": " + a.name() + " " + a.version()).orElse("");
        }
        return how + " " + artifact.map(a -> a.name() + " " + a.version()).orElse(name);
    }

    private static Optional<String> version(JsonNode event) {
        return Texts.at(event, "/subject/content/artifactId")
                .flatMap(Artifact::of)
                .map(Artifact::version)
                .or(() -> Texts.at(event, "/customData/version"))
                .filter(v -> !v.isEmpty());
    }

    private static String placed(String before, String place) {
        return place.isBlank() ? "" : before + place;
    }

    private static String spaced(String word) {
        return SPLIT.matcher(word).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    /// The host of an address, the last of a plain name; whole when it is neither.
    private static String sender(String source) {
        try {
            var uri = new URI(source);
            if (uri.getHost() != null) {
                return uri.getHost();
            }
        } catch (URISyntaxException e) { // then as it stands
            return Texts.line(source, 80);
        }
        String plain = source.startsWith("/") ? source.substring(1) : source;
        return Texts.line(plain.isEmpty() ? source : plain, 80);
    }

    /// What a package URL names: `pkg:oci/shop@sha256:...?tag=1.4.2`.
    private record Artifact(String name, String version) {
        static Optional<Artifact> of(String purl) {
            if (!purl.startsWith("pkg:")) {
                return Optional.empty();
            }
            String path = purl.split("[?#]", 2)[0];
            int at = path.lastIndexOf('@');
            String named = at < 0 ? path : path.substring(0, at);
            String version = at < 0 ? "" : decoded(path.substring(at + 1));
            var digest = DIGEST.matcher(version);
            if (digest.matches()) {
                version = tag(purl).orElse(digest.group(1));
            }
            return Optional.of(
                    new Artifact(
                            decoded(named.substring(named.lastIndexOf('/') + 1)),
                            Texts.line(version, 60)));
        }

        private static Optional<String> tag(String purl) {
            int query = purl.indexOf('?');
            if (query < 0) {
                return Optional.empty();
            }
            for (String pair : purl.substring(query + 1).split("&")) {
                if (pair.startsWith("tag=")) {
                    return Optional.of(decoded(pair.substring(4)));
                }
            }
            return Optional.empty();
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) { // a percent sign that is none
                return text;
            }
        }
    }
}
