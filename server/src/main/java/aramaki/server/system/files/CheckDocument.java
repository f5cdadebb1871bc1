package aramaki.server.system.files;

import aramaki.model.Labels;
import aramaki.model.Names;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.Probing;
import aramaki.server.system.files.YamlNode.Fields;
import aramaki.server.system.files.YamlNode.Kind;
import aramaki.server.system.files.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What one of `checks/*.yaml` says.
///
/// @param check empty where it has problems
/// @param notUsedYet keys of later features that it has
record CheckDocument(Optional<Check> check, List<String> notUsedYet) {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST_EVERY = Duration.ofDays(7);
    static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    static final Duration LONGEST_TTL = Duration.ofDays(30);
    static final int MAX_ATTEMPTS = 100;

    private static final int MAX_WORDS = 200;
    private static final List<String> LATER = List.of("cron", "timezone");
    private static final List<String> KEYS =
            List.of(
                    "name",
                    "command",
                    "probe",
                    "every",
                    "cron",
                    "timezone",
                    "timeout",
                    "ttl",
                    "attempts",
                    "retry",
                    "on",
                    "labels",
                    "runbook");
    private static final String COMMAND = "[check_http, -H, \"{{address}}\"]";
    private static final String PROBE = "{http: {url: \"http://{{address}}/\"}}";
    private static final Pattern PLUGIN =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}|/[^\\p{Cntrl}]{1,999}");

    static CheckDocument read(
            String fileName, Mapping top, KnownLabels known, ProbeCatalog probes) {
        int before = top.problems().all().size();
        top.refuseOthers(KEYS);
        var name = name(fileName, top);
        var labels = top.get("labels").flatMap(Value::labels).orElse(Labels.NONE);
        var probing = probing(top, known.with(top, labels), probes);
        var every = every(top);
        var timeout =
                top.get("timeout")
                        .flatMap(v -> v.duration(SHORTEST, LONGEST_TIMEOUT))
                        .orElse(Check.DEFAULT_TIMEOUT);
        var ttl = ttl(top, every, timeout);
        var attempts = top.get("attempts").flatMap(v -> v.integer(1, MAX_ATTEMPTS)).orElse(1);
        var retry = retry(top, every);
        var on = top.get("on").map(CheckDocument::on).orElse(Labels.NONE);
        var runbook = top.get("runbook").flatMap(CheckDocument::runbook);
        var later = LATER.stream().filter(key -> top.get(key).isPresent()).toList();
        if (top.problems().all().size() > before
                || name.isEmpty()
                || probing.isEmpty()
                || every.isEmpty()
                || ttl.isEmpty()) {
            return new CheckDocument(Optional.empty(), later);
        }
        return new CheckDocument(
                Optional.of(
                        new Check(
                                new CheckName(name.get()),
                                probing.get(),
                                every.get(),
                                timeout,
                                ttl.get(),
                                attempts,
                                retry,
                                on,
                                labels,
                                runbook)),
                later);
    }

    private static Optional<String> name(String fileName, Mapping top) {
        if (!Names.isShortName(fileName)) {
            top.problems()
                    .add(
                            1,
                            "file",
                            "is no name for a check; write lower-case letters, digits, '.' and"
                                    + " '-' before .yaml");
            return Optional.empty();
        }
        var value = top.get("name");
        if (value.isEmpty()) {
            return Optional.of(fileName);
        }
        var name = value.flatMap(Value::shortName);
        if (name.isPresent() && !name.get().equals(fileName)) {
            value.get()
                    .wrong(
                            "is "
                                    + name.get()
                                    + " in a file named "
                                    + fileName
                                    + ".yaml; write "
                                    + fileName
                                    + ", or rename the file");
            return Optional.empty();
        }
        return name;
    }

    private static Optional<Duration> every(Mapping top) {
        var cron = top.get("cron");
        if (top.get("every").isEmpty() && cron.isPresent()) {
            cron.get().wrong("is not available yet; write every instead, such as every: 5m");
            return Optional.empty();
        }
        return top.need("every", "60s").flatMap(v -> v.duration(SHORTEST, LONGEST_EVERY));
    }

    private static Optional<Duration> ttl(Mapping top, Optional<Duration> every, Duration timeout) {
        var value = top.get("ttl");
        var ttl = value.flatMap(v -> v.duration(SHORTEST, LONGEST_TTL));
        if (every.isEmpty()) {
            return Optional.empty();
        }
        var standard = Check.defaultTtl(every.get(), timeout);
        if (ttl.isPresent() && ttl.get().compareTo(every.get()) <= 0) {
            value.get()
                    .wrong(
                            "is "
                                    + Durations.text(ttl.get())
                                    + ", not longer than every ("
                                    + Durations.text(every.get())
                                    + "); write more, or leave it out for "
                                    + Durations.text(standard));
        }
        return ttl.or(() -> Optional.of(standard));
    }

    private static Optional<Duration> retry(Mapping top, Optional<Duration> every) {
        var value = top.get("retry");
        var retry = value.flatMap(v -> v.duration(SHORTEST, LONGEST_EVERY));
        if (retry.isPresent() && every.isPresent() && retry.get().compareTo(every.get()) > 0) {
            value.get()
                    .wrong(
                            "is "
                                    + Durations.text(retry.get())
                                    + ", longer than every ("
                                    + Durations.text(every.get())
                                    + "); write at most that");
        }
        return retry;
    }

    private static Optional<Probing> probing(
            Mapping top, KnownLabels templates, ProbeCatalog probes) {
        var command = top.get("command");
        var probe = top.get("probe");
        if (command.isPresent() && probe.isPresent()) {
            probe.get().wrong("stands beside command; keep one of the two");
            return Optional.empty();
        }
        if (probe.isPresent()) {
            return probe(probe.get(), templates, probes);
        }
        return top.need("command", COMMAND + ", or probe: " + PROBE)
                .flatMap(v -> command(v, templates));
    }

    private static Optional<Probing> command(Value value, KnownLabels templates) {
        if (value.node() instanceof Scalar(_, var kind, _) && kind == Kind.TEXT) {
            value.wrong("is text, and no shell runs it; write a list of words: " + COMMAND);
            return Optional.empty();
        }
        var items = value.items(COMMAND);
        if (items.isEmpty()) {
            return Optional.empty();
        } else if (items.get().isEmpty()) {
            value.wrong("is empty; write a plugin and its arguments: " + COMMAND);
            return Optional.empty();
        } else if (items.get().size() > MAX_WORDS) {
            value.wrong("has " + items.get().size() + " words; write at most " + MAX_WORDS);
            return Optional.empty();
        }
        var words = new ArrayList<String>();
        for (var item : items.get()) {
            var word = item.word();
            word.ifPresent(words::add);
            if (word.isPresent() && words.size() == 1 && item == items.get().getFirst()) {
                plugin(item, word.get());
            } else {
                word.ifPresent(text -> templates.check(item, text));
            }
        }
        return words.size() == items.get().size()
                ? Optional.of(new Probing.Command(words))
                : Optional.empty();
    }

    private static void plugin(Value item, String word) {
        if (Templates.templated(word)) {
            item.wrong("is templated; name the plugin itself, only its arguments may vary");
        } else if (!PLUGIN.matcher(word).matches()) {
            item.wrong(
                    Problems.quoted(word)
                            + " is no plugin; write a name such as check_http, or an absolute path");
        }
    }

    private static Optional<Probing> probe(
            Value value, KnownLabels templates, ProbeCatalog catalog) {
        var kinds = catalog.kinds();
        var mapping = value.mapping(PROBE);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        if (mapping.get().values().size() != 1) {
            value.wrong(
                    "names "
                            + mapping.get().values().size()
                            + " kinds; write one of "
                            + String.join(", ", kinds.keySet())
                            + ": "
                            + PROBE);
            return Optional.empty();
        }
        var entry = mapping.get().values().getFirst();
        var known = kinds.get(entry.key());
        if (known == null) {
            entry.keyValue()
                    .wrong("is no kind of probe" + Nearest.hint(entry.key(), kinds.keySet()));
            return Optional.empty();
        }
        var given = parameters(entry.value());
        var parameters = new TreeMap<String, String>();
        for (var parameter : given.map(Mapping::values).orElse(List.of())) {
            if (!known.knows(parameter.key())) {
                var names = new TreeSet<>(known.required());
                names.addAll(known.optional());
                parameter
                        .keyValue()
                        .wrong(
                                "is no parameter of the probe "
                                        + entry.key()
                                        + Nearest.hint(parameter.key(), names));
                continue;
            }
            parameter
                    .value()
                    .word()
                    .ifPresent(
                            text -> {
                                templates.check(parameter.value(), text);
                                if (!Templates.templated(text)) {
                                    catalog.problem(entry.key(), parameter.key(), text)
                                            .ifPresent(parameter.value()::wrong);
                                }
                                parameters.put(parameter.key(), text);
                            });
        }
        given.ifPresent(g -> new TreeSet<>(known.required()).forEach(r -> g.need(r, "...")));
        if (parameters.keySet().containsAll(known.required())) {
            catalog.together(entry.key(), parameters.keySet()).ifPresent(entry.keyValue()::wrong);
        }
        return Optional.of(new Probing.Probe(entry.key(), parameters));
    }

    /// The parameters; a kind that stands alone has none.
    private static Optional<Mapping> parameters(Value value) {
        if (value.node() instanceof Scalar(_, var kind, var at) && kind == Kind.NOTHING) {
            var none = new Fields(new LinkedHashMap<>(), true, at);
            return Optional.of(new Mapping(none, value.path(), value.problems()));
        }
        return value.mapping("{port: 22}");
    }

    private static Labels on(Value value) {
        var mapping = value.mapping("{tags: [web]}");
        if (mapping.isEmpty()) {
            return Labels.NONE;
        }
        var wanted = new TreeMap<String, String>();
        mapping.get()
                .get("tags")
                .flatMap(v -> v.items("[web]"))
                .ifPresent(
                        tags ->
                                tags.forEach(
                                        t -> t.labelKey().ifPresent(tag -> wanted.put(tag, ""))));
        var pairs = mapping.get().values().stream().filter(e -> !e.key().equals("tags")).toList();
        return Labels.of(wanted).with(Value.labels(pairs));
    }

    private static Optional<String> runbook(Value value) {
        return value.text(Value.LINE)
                .filter(
                        path -> {
                            boolean inside =
                                    !path.startsWith("/")
                                            && !path.contains("\\")
                                            && !path.contains(":")
                                            && !List.of(path.split("/", -1)).contains("..");
                            if (!inside) {
                                value.wrong(
                                        Problems.quoted(path)
                                                + " leads out of the system's folder; write a path"
                                                + " inside it, such as docs/front.md");
                            }
                            return inside;
                        });
    }
}
