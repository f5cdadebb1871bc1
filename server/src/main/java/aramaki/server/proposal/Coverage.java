package aramaki.server.proposal;

import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Probing;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a host's checks look at already, so that nobody is offered the same again. Thresholds do
/// not matter: who looks at a disk with other limits looks at it.
record Coverage(Set<String> looks) {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*([^{}\\s]+)\\s*}}");
    private static final Set<String> THRESHOLDS =
            Set.of("warn", "crit", "min", "max", "method", "expectStatus", "contains", "follow");

    static Coverage of(List<Assignment> assignments) {
        var looks = new HashSet<String>();
        for (var assignment : assignments) {
            looks.add(look(assignment));
        }
        return new Coverage(looks);
    }

    boolean covers(Probing probing) {
        return looks.contains(look(probing, Map.of()));
    }

    private static String look(Assignment assignment) {
        var command = assignment.command();
        var probe = assignment.probe();
        Probing probing =
                command != null
                        ? new Probing.Command(command)
                        : new Probing.Probe(probe == null ? "" : probe, assignment.parameters());
        return look(probing, assignment.values());
    }

    private static String look(Probing probing, Map<String, String> values) {
        return switch (probing) {
            case Probing.Command(var argv) ->
                    String.join("\0", argv.stream().map(word -> filled(word, values)).toList());
            case Probing.Probe(var kind, var given) -> {
                var parameters = new TreeMap<String, String>();
                ProbeKind.find(kind)
                        .ifPresent(
                                k ->
                                        k.parameters().stream()
                                                .filter(p -> !p.fallback().isEmpty())
                                                .forEach(
                                                        p ->
                                                                parameters.put(
                                                                        p.name(), p.fallback())));
                given.forEach((name, value) -> parameters.put(name, filled(value, values)));
                parameters.keySet().removeAll(THRESHOLDS);
                parameters.replaceAll(Coverage::plain);
                yield kind + parameters;
            }
        };
    }

    private static String filled(String text, Map<String, String> values) {
        return TEMPLATE.matcher(text)
                .replaceAll(
                        m -> Matcher.quoteReplacement(values.getOrDefault(m.group(1), m.group())));
    }

    /// Different ways to write the same place.
    private static String plain(String name, String value) {
        return switch (name) {
            case "host" -> host(value);
            case "url" -> url(value);
            default -> value;
        };
    }

    private static String host(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") ? "127.0.0.1" : lower;
    }

    private static String url(String value) {
        try {
            var uri = URI.create(value.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            String path =
                    uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return scheme + "://" + host(String.valueOf(uri.getHost())) + ":" + port + path + query;
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
