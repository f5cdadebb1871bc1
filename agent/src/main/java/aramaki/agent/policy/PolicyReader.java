package aramaki.agent.policy;

import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// A strict reader of `policy.yaml`: what it does not know it refuses, naming the line.
final class PolicyReader {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final String KEYS =
            "checks, pluginFolders, probes, user, deny, actions, logFolders";

    private final String file;
    private final Set<String> seen = new HashSet<>();
    private HostPolicy policy = HostPolicy.DEFAULT;

    PolicyReader(String file) {
        this.file = file;
    }

    HostPolicy read(String yaml) {
        try (JsonParser parser = YAML.createParser(yaml)) {
            document(parser);
            return policy;
        } catch (JsonProcessingException e) {
            throw Refusal.invalid("bad-policy", file + ":" + notYaml(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /// The place of the fault itself; the outer exception knows only where the reading began.
    private static String notYaml(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return yaml.getProblemMark().getLine() + 1 + ": not YAML: " + yaml.getProblem();
        }
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        return line + ": not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private void document(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw wrong(parser, "the document", "is no mapping", "lines such as checks: folders");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!seen.add(key)) {
                throw wrong(parser, key, "is given twice", "give it once");
            }
            key(parser, key);
        }
        if (parser.nextToken() != null) {
            throw wrong(parser, "the document", "is followed by another", "keep one");
        }
    }

    private void key(JsonParser parser, String key) throws IOException {
        policy =
                switch (key) {
                    case "checks" -> policy.with(checks(parser, key));
                    case "pluginFolders" ->
                            withFolders(folders(parser, key, "[/usr/lib/nagios/plugins]"));
                    case "probes" -> withProbes(probes(parser, key));
                    case "user" -> withUser(user(parser, key));
                    case "deny" -> withDeny(deny(parser, key));
                    case "logFolders" ->
                            withLogFolders(folders(parser, key, "[/var/log, /srv/shop/log]"));
                    case "actions" -> policy.withActions(actions(parser, key));
                    default -> throw wrong(parser, key, "is no key of a policy", "use " + KEYS);
                };
    }

    private HostPolicy.Checks checks(JsonParser parser, String key) throws IOException {
        String word = scalar(parser, key, "none, folders or any");
        for (HostPolicy.Checks checks : HostPolicy.Checks.values()) {
            if (checks.name().toLowerCase(Locale.ROOT).equals(word)) {
                return checks;
            }
        }
        throw wrong(parser, key, quoted(word) + " is no choice", "none, folders or any");
    }

    private List<Path> folders(JsonParser parser, String key, String example) throws IOException {
        String right = "a list of absolute paths, such as " + example;
        var folders = new ArrayList<Path>();
        for (String text : list(parser, key, right)) {
            if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
                throw wrong(parser, key, quoted(text) + " is no absolute path", right);
            }
            folders.add(Path.of(text));
        }
        return folders;
    }

    private Set<ProbeKind> probes(JsonParser parser, String key) throws IOException {
        String right = "all, or a list of " + ProbeKind.words();
        JsonToken next = parser.nextToken();
        if (next == JsonToken.VALUE_STRING && parser.getText().equals("all")) {
            return EnumSet.allOf(ProbeKind.class);
        }
        var probes = EnumSet.noneOf(ProbeKind.class);
        for (String word : list(parser, next, key, right)) {
            probes.add(
                    ProbeKind.find(word)
                            .orElseThrow(
                                    () ->
                                            wrong(
                                                    parser,
                                                    key,
                                                    quoted(word) + " is no probe",
                                                    right)));
        }
        return probes;
    }

    private String user(JsonParser parser, String key) throws IOException {
        String right = "a user's name, such as nobody";
        String user = scalar(parser, key, right);
        if (!Rights.USER.matcher(user).matches()) {
            throw wrong(parser, key, quoted(user) + " is no user name", right);
        }
        return user;
    }

    private Set<String> deny(JsonParser parser, String key) throws IOException {
        String right = "a list of plugin names, such as [check_ssh]";
        var deny = new HashSet<String>();
        for (String name : list(parser, key, right)) {
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                throw wrong(parser, key, quoted(name) + " is no plugin's name", right);
            }
            deny.add(name);
        }
        return deny;
    }

    private int actions(JsonParser parser, String key) throws IOException {
        String right = "level 0, level 1, level 2 or level 3";
        String text = scalar(parser, key, right);
        if (!text.matches("level [0-3]")) {
            throw wrong(parser, key, quoted(text) + " is no level", right);
        }
        return text.charAt(text.length() - 1) - '0';
    }

    private String scalar(JsonParser parser, String key, String right) throws IOException {
        return scalar(parser, parser.nextToken(), key, right);
    }

    private String scalar(JsonParser parser, @Nullable JsonToken token, String key, String right)
            throws IOException {
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw wrong(parser, key, "is no single word", right);
        }
        return parser.getText().strip();
    }

    private List<String> list(JsonParser parser, String key, String right) throws IOException {
        return list(parser, parser.nextToken(), key, right);
    }

    private List<String> list(
            JsonParser parser, @Nullable JsonToken token, String key, String right)
            throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw wrong(parser, key, "is no list", right);
        }
        var items = new ArrayList<String>();
        for (JsonToken next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            items.add(scalar(parser, next, key, right));
        }
        return items;
    }

    private HostPolicy withFolders(List<Path> folders) {
        return new HostPolicy(
                policy.checks(),
                folders,
                policy.probes(),
                policy.user(),
                policy.deny(),
                policy.actions(),
                policy.logFolders());
    }

    private HostPolicy withLogFolders(List<Path> folders) {
        return new HostPolicy(
                policy.checks(),
                policy.pluginFolders(),
                policy.probes(),
                policy.user(),
                policy.deny(),
                policy.actions(),
                folders);
    }

    private HostPolicy withProbes(Set<ProbeKind> probes) {
        return new HostPolicy(
                policy.checks(),
                policy.pluginFolders(),
                probes,
                policy.user(),
                policy.deny(),
                policy.actions(),
                policy.logFolders());
    }

    private HostPolicy withUser(String user) {
        return new HostPolicy(
                policy.checks(),
                policy.pluginFolders(),
                policy.probes(),
                user,
                policy.deny(),
                policy.actions(),
                policy.logFolders());
    }

    private HostPolicy withDeny(Set<String> deny) {
        return new HostPolicy(
                policy.checks(),
                policy.pluginFolders(),
                policy.probes(),
                policy.user(),
                deny,
                policy.actions(),
                policy.logFolders());
    }

    private Refusal wrong(JsonParser parser, String field, String wrong, String right) {
        return Refusal.invalid(
                "bad-policy",
                file
                        + ":"
                        + Math.max(1, parser.currentTokenLocation().getLineNr())
                        + ": "
                        + field
                        + ": "
                        + wrong
                        + "; right would be: "
                        + right);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
