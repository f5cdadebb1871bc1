package aramaki.server.system.files;

import aramaki.model.Labels;
import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckName;
import aramaki.model.system.Category;
import aramaki.model.system.Link;
import aramaki.model.system.Selection;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What `system.yaml` says.
record SystemDocument(
        String title,
        Category category,
        String description,
        Labels labels,
        List<SystemRef> subsystems,
        List<Selection> selections,
        Map<String, List<String>> people,
        String rules,
        List<Link> links) {

    private static final List<String> KEYS =
            List.of(
                    "title",
                    "category",
                    "description",
                    "labels",
                    "subsystems",
                    "selections",
                    "people",
                    "rules",
                    "links");
    private static final int MAX_ITEMS = 1000;

    static SystemDocument titled(String title) {
        return new SystemDocument(
                title,
                Category.SYSTEM,
                "",
                Labels.NONE,
                List.of(),
                List.of(),
                Map.of(),
                "",
                List.of());
    }

    static SystemDocument read(SystemName name, Mapping top) {
        top.refuseOthers(KEYS);
        return new SystemDocument(
                top.get("title").flatMap(v -> v.text(Value.LINE)).orElse(name.value()),
                top.get("category").flatMap(SystemDocument::category).orElse(Category.SYSTEM),
                top.get("description").flatMap(v -> v.text(Value.LONG)).orElse(""),
                top.get("labels").flatMap(Value::labels).orElse(Labels.NONE),
                top.get("subsystems").map(v -> subsystems(name, v)).orElse(List.of()),
                top.get("selections").map(v -> selections(name, v)).orElse(List.of()),
                top.get("people").map(SystemDocument::people).orElse(Map.of()),
                top.get("rules").flatMap(v -> v.text(Value.LONG)).orElse(""),
                top.get("links").map(SystemDocument::links).orElse(List.of()));
    }

    private static Optional<Category> category(Value value) {
        if (value.node() instanceof YamlNode.Scalar) {
            return value.shortName().map(Category::named);
        }
        return value.mapping("{name: project, singular: project, plural: projects}")
                .flatMap(
                        words -> {
                            words.refuseOthers(List.of("name", "singular", "plural"));
                            var name = words.need("name", "project").flatMap(Value::shortName);
                            var one = words.get("singular").flatMap(v -> v.text(Value.LINE));
                            var more = words.get("plural").flatMap(v -> v.text(Value.LINE));
                            return name.map(Category::named)
                                    .map(
                                            known ->
                                                    new Category(
                                                            known.name(),
                                                            one.orElse(known.singular()),
                                                            more.orElse(
                                                                    one.map(o -> o + "s")
                                                                            .orElse(
                                                                                    known
                                                                                            .plural()))));
                        });
    }

    private static List<Value> list(Value value, String example) {
        var items = value.items(example).orElse(List.of());
        if (items.size() > MAX_ITEMS) {
            value.wrong("has " + items.size() + " items; write at most " + MAX_ITEMS);
            return List.of();
        }
        return items;
    }

    private static List<SystemRef> subsystems(SystemName self, Value value) {
        var refs = new ArrayList<SystemRef>();
        for (var item : list(value, "[storage, storage@hoster]")) {
            var text = item.text(Value.LINE);
            if (text.isEmpty()) {
                continue;
            }
            try {
                var ref = SystemRef.parse(text.get());
                if (ref.equals(SystemRef.local(self))) {
                    item.wrong("a system cannot be part of itself; leave " + self + " out");
                } else if (refs.contains(ref)) {
                    item.wrong(ref + " is named twice; keep one");
                } else {
                    refs.add(ref);
                }
            } catch (Refusal e) {
                item.wrong(
                        Problems.quoted(text.get())
                                + " is no name of a system; write a short name, or name@peer for a"
                                + " peer's system");
            }
        }
        return refs;
    }

    private static List<Selection> selections(SystemName self, Value value) {
        var selections = new ArrayList<Selection>();
        var names = new HashSet<String>();
        for (var item : list(value, "[{name: all-storage, labels: {kind: storage}}]")) {
            var fields = item.mapping("{name: all-storage, labels: {kind: storage}}");
            if (fields.isEmpty()) {
                continue;
            }
            boolean named = fields.get().get("name").isPresent();
            boolean each = fields.get().get("each").isPresent();
            if (named == each) {
                item.wrong(
                        (named ? "has both name and each" : "has neither name nor each")
                                + "; write {name, labels} or {each, title}");
            } else if (named) {
                named(self, fields.get(), names).ifPresent(selections::add);
            } else {
                each(fields.get()).ifPresent(selections::add);
            }
        }
        return selections;
    }

    private static Optional<Selection> named(SystemName self, Mapping fields, Set<String> names) {
        fields.refuseOthers(List.of("name", "labels"));
        var at = fields.need("name", "all-storage");
        var name = at.flatMap(Value::shortName);
        var wanted = fields.need("labels", "{kind: storage}");
        var labels = wanted.flatMap(Value::labels);
        if (name.isPresent() && name.get().equals(self.value())) {
            at.ifPresent(v -> v.wrong("is the name of this system; choose another"));
        } else if (name.isPresent() && !names.add(name.get())) {
            at.ifPresent(v -> v.wrong(name.get() + " is named twice; choose another"));
        }
        boolean choosesAll =
                wanted.filter(v -> v.node() instanceof YamlNode.Fields f && f.fields().isEmpty())
                        .isPresent();
        if (choosesAll) {
            wanted.ifPresent(v -> v.wrong("is empty; name at least one label"));
        }
        if (name.isEmpty() || labels.isEmpty() || choosesAll) {
            return Optional.empty();
        }
        return Optional.of(new Selection.Named(new SystemName(name.get()), labels.get()));
    }

    private static Optional<Selection> each(Mapping fields) {
        fields.refuseOthers(List.of("each", "title"));
        var label = fields.need("each", "dc").flatMap(Value::labelKey);
        var at = fields.need("title", "\"Everything in {{dc}}\"");
        var title = at.flatMap(v -> v.text(Value.LINE));
        if (label.isEmpty() || title.isEmpty()) {
            return Optional.empty();
        }
        var problem = Templates.problem(title.get(), Set.of(label.get()));
        problem.ifPresent(p -> at.ifPresent(v -> v.wrong(p)));
        return Optional.of(new Selection.Each(label.get(), title.get()));
    }

    private static Map<String, List<String>> people(Value value) {
        var people = new TreeMap<String, List<String>>();
        for (var role : value.mapping("{owner: [ada]}").map(Mapping::values).orElse(List.of())) {
            boolean known = role.keyValue().shortName().isPresent();
            var persons = new ArrayList<String>();
            for (var item : list(role.value(), "[ada]")) {
                item.text(Value.LINE)
                        .ifPresent(
                                person -> {
                                    if (!person(person)) {
                                        item.wrong(
                                                Problems.quoted(person)
                                                        + " is no name of a person; write a short"
                                                        + " name, or name@peer");
                                    } else if (persons.contains(person)) {
                                        item.wrong(person + " is named twice; keep one");
                                    } else {
                                        persons.add(person);
                                    }
                                });
            }
            if (known) {
                people.put(role.key(), List.copyOf(persons));
            }
        }
        return people;
    }

    private static boolean person(String text) {
        var parts = text.split("@", -1);
        return parts.length <= 2 && List.of(parts).stream().allMatch(Names::isShortName);
    }

    private static List<Link> links(Value value) {
        var example = "{title: Latency, url: \"https://...\"}";
        var links = new ArrayList<Link>();
        for (var item : list(value, "[" + example + "]")) {
            var fields = item.mapping(example);
            if (fields.isEmpty()) {
                continue;
            }
            fields.get().refuseOthers(List.of("title", "url", "when"));
            var title = fields.get().need("title", "Latency").flatMap(v -> v.text(Value.LINE));
            var url = fields.get().need("url", "\"https://...\"").flatMap(SystemDocument::url);
            var when = fields.get().get("when").flatMap(Value::shortName).map(CheckName::new);
            if (title.isPresent() && url.isPresent()) {
                links.add(new Link(title.get(), url.get(), when));
            }
        }
        return links;
    }

    /// Only what a page may safely turn into a link.
    private static Optional<String> url(Value value) {
        return value.text(2000)
                .filter(
                        url -> {
                            boolean fits = url.matches("https?://[^\\s\\p{Cntrl}]+");
                            if (!fits) {
                                value.wrong(
                                        Problems.quoted(url)
                                                + " is no address of a page; write one that begins"
                                                + " with https:// or http://");
                            }
                            return fits;
                        });
    }
}
