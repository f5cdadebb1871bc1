package aramaki.server.system.files;

import aramaki.model.Labels;
import aramaki.model.Names;
import aramaki.model.observation.Check;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.Output;
import aramaki.model.observation.Probing;
import aramaki.server.system.files.YamlNode.Fields;
import aramaki.server.system.files.YamlNode.Kind;
import aramaki.server.system.files.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What one of `checks/*.yaml` says.
///
/// @param check empty where it has problems
/// @param notUsedYet keys of later features that it has
record CheckDocument(Optional<Check> check, List<String> notUsedYet) {
    /// What a file that could not be read says.
    static final CheckDocument NONE = new CheckDocument(Optional.empty(), List.of());

    private static final int MAX_WORDS = 200;
    private static final List<String> KEYS =
            List.of(
                    "name",
                    "command",
                    "output",
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
        var output = output(top, probing);
        var timing = CheckTiming.read(top);
        var on = top.get("on").map(CheckDocument::on).orElse(Labels.NONE);
        var runbook = top.get("runbook").flatMap(CheckDocument::runbook);
        if (top.problems().all().size() > before
                || name.isEmpty()
                || probing.isEmpty()
                || timing.isEmpty()) {
            return NONE;
        }
        var time = timing.get();
        return new CheckDocument(
                Optional.of(
                        new Check(
                                new CheckName(name.get()),
                                probing.get(),
                                output,
                                time.schedule(),
                                time.timeout(),
                                time.ttl(),
                                time.attempts(),
                                time.retry(),
                                on,
                                labels,
                                runbook)),
                List.of());
    }

    /// A probe has no output of its own that could have a form.
    private static Output output(Mapping top, Optional<Probing> probing) {
        var value = top.get("output");
        if (value.isPresent() && probing.isPresent() && probing.get() instanceof Probing.Probe) {
            value.get().wrong("stands beside probe; only what a command prints has a form");
            return Output.NAGIOS;
        }
        return value.flatMap(v -> v.word().flatMap(word -> output(v, word))).orElse(Output.NAGIOS);
    }

    private static Optional<Output> output(Value value, String word) {
        var output = Output.ofWord(word);
        if (output.isEmpty()) {
            value.wrong(
                    Problems.quoted(word)
                            + " is no form of output"
                            + Nearest.hint(
                                    word, Stream.of(Output.values()).map(Output::word).toList()));
        }
        return output;
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
