package aramaki.server.system.files;

import aramaki.server.system.files.YamlNode.Fields;
import aramaki.server.system.files.YamlNode.Items;
import aramaki.server.system.files.YamlNode.Kind;
import aramaki.server.system.files.YamlNode.Place;
import aramaki.server.system.files.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// The strict reader of YAML: one document, no aliases, no tags, no key twice. It stops at the
/// first thing that is not YAML and goes on after everything else.
final class YamlText {
    private static final int MAX_DEPTH = 20;
    private static final Resolver RESOLVER = new Resolver();
    private static final LoaderOptions OPTIONS = new LoaderOptions();

    private final Problems problems;
    private final Parser events;

    private YamlText(String text, Problems problems) {
        this.problems = problems;
        this.events = new ParserImpl(new StreamReader(text), OPTIONS);
    }

    /// The document's content; empty where it is not YAML or holds nothing.
    static Optional<YamlNode> read(String text, Problems problems) {
        try {
            return new YamlText(text, problems).document();
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            problems.add(mark == null ? 1 : mark.getLine() + 1, "yaml", syntax(e));
        } catch (YAMLException e) {
            problems.add(1, "yaml", "is not valid YAML: " + e.getMessage());
        } catch (TooDeep e) {
            problems.add(
                    e.line, "yaml", "is nested deeper than " + MAX_DEPTH + "; write it flatter");
        }
        return Optional.empty();
    }

    /// What YAML takes a plain scalar for; decides whether text has to be quoted.
    static Kind kindOfPlain(String text) {
        var tag = RESOLVER.resolve(NodeId.scalar, text, true);
        if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        } else if (tag.equals(Tag.FLOAT)) {
            return Kind.FRACTION;
        } else if (tag.equals(Tag.BOOL)) {
            return Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Kind.NOTHING : Kind.TEXT;
    }

    private Optional<YamlNode> document() {
        Optional<YamlNode> content = Optional.empty();
        boolean second = false;
        while (events.peekEvent() != null) {
            var event = events.getEvent();
            switch (event) {
                case StreamStartEvent _, DocumentEndEvent _, StreamEndEvent _ -> {}
                case DocumentStartEvent start -> {
                    if (second) {
                        problems.add(
                                place(start, start).line(),
                                "yaml",
                                "begins a second document; write one document a file");
                        return content;
                    }
                    second = true;
                }
                default -> content = Optional.of(node(event, 0));
            }
        }
        return content;
    }

    private YamlNode node(Event event, int depth) {
        int line = place(event, event).line();
        if (depth > MAX_DEPTH) {
            throw new TooDeep(line);
        }
        refuseReferences(event, line);
        return switch (event) {
            case ScalarEvent scalar ->
                    new Scalar(
                            scalar.getValue(),
                            scalar.isPlain() ? kindOfPlain(scalar.getValue()) : Kind.TEXT,
                            place(event, event));
            case MappingStartEvent start -> fields(start, depth);
            case CollectionStartEvent start -> items(start, depth);
            default -> new Scalar("", Kind.NOTHING, place(event, event));
        };
    }

    private void refuseReferences(Event event, int line) {
        if (event instanceof AliasEvent alias) {
            problems.add(
                    line,
                    "yaml",
                    "uses the alias *"
                            + alias.getAnchor()
                            + "; write the value out, or in quotes if the star is meant");
            return;
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            problems.add(
                    line,
                    "yaml",
                    "sets the anchor &"
                            + node.getAnchor()
                            + "; write values out, or in quotes if the ampersand is meant");
        }
        var tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case CollectionStartEvent start -> start.getTag();
                    default -> null;
                };
        if (tag != null) {
            problems.add(line, "yaml", "has a tag (" + Problems.quoted(tag) + "); leave it out");
        }
    }

    private Items items(CollectionStartEvent start, int depth) {
        var items = new ArrayList<YamlNode>();
        var event = events.getEvent();
        while (!(event instanceof SequenceEndEvent)) {
            items.add(node(event, depth + 1));
            event = events.getEvent();
        }
        return new Items(items, start.isFlow(), place(start, event));
    }

    private Fields fields(MappingStartEvent start, int depth) {
        var fields = new LinkedHashMap<String, YamlNode.Field>();
        var event = events.getEvent();
        while (!(event instanceof MappingEndEvent)) {
            var key = node(event, depth + 1);
            var value = node(events.getEvent(), depth + 1);
            event = events.getEvent();
            if (!(key instanceof Scalar(var name, _, var at))) {
                problems.add(
                        key.at().line(),
                        "yaml",
                        "has "
                                + key.what()
                                + " where a key belongs; write a template in quotes:"
                                + " \"{{address}}\"");
                continue;
            }
            var before = fields.get(name);
            if (before == null) {
                fields.put(name, new YamlNode.Field(at, value));
            } else {
                problems.add(
                        at.line(),
                        name,
                        "is given twice, first in line " + before.key().line() + "; keep one");
            }
        }
        return new Fields(fields, start.isFlow(), place(start, event));
    }

    private static Place place(Event first, Event last) {
        Mark from = first.getStartMark();
        Mark to = last.getEndMark();
        return new Place(from.getLine() + 1, from.getColumn(), from.getIndex(), to.getIndex());
    }

    private static String syntax(MarkedYAMLException e) {
        var parts = new ArrayList<String>();
        for (var part : List.of(text(e.getContext()), text(e.getProblem()))) {
            if (!part.isEmpty()) {
                parts.add(part.strip());
            }
        }
        return "is not valid YAML: " + String.join(", ", parts) + "; check quotes and indentation";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;

        TooDeep(int line) {
            this.line = line;
        }
    }
}
