package aramaki.agent.observe.probe.prometheus;

import aramaki.model.observation.ValueForm;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Which series are meant: a metric's name, and what its labels must be, as PromQL writes it:
/// `name{label="value",label=~"pattern"}`, also with `!=` and `!~`.
public record Selector(String name, List<Matcher> matchers) {
    private static final int MAX_SELECTORS = 100;

    public Selector {
        matchers = List.copyOf(matchers);
    }

    /// What one label must be; one that is missing counts as empty.
    public record Matcher(String label, Relation relation, String value, Pattern pattern) {
        boolean matches(String given) {
            return switch (relation) {
                case EQUAL -> given.equals(value);
                case NOT_EQUAL -> !given.equals(value);
                case LIKE -> pattern.matches(given);
                case NOT_LIKE -> !pattern.matches(given);
            };
        }

        @Override
        public String toString() {
            return label + relation.sign + '"' + value + '"';
        }
    }

    /// How a label's value relates to what is written.
    public enum Relation {
        EQUAL("="),
        NOT_EQUAL("!="),
        LIKE("=~"),
        NOT_LIKE("!~");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /// What is wrong with the text of selectors.
    public static final class Bad extends Exception {
        Bad(String message) {
            super(message);
        }
    }

    /// Understands one or more, parted by commas.
    public static List<Selector> parse(String text) throws Bad {
        return new Reader(text).selectors();
    }

    public boolean matches(Sample sample) {
        return sample.name().equals(name)
                && matchers.stream()
                        .allMatch(m -> m.matches(sample.labels().getOrDefault(m.label(), "")));
    }

    @Override
    public String toString() {
        return matchers.isEmpty()
                ? name
                : name
                        + matchers.stream()
                                .map(Matcher::toString)
                                .collect(Collectors.joining(",", "{", "}"));
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Selector> selectors() throws Bad {
            var selectors = new ArrayList<Selector>();
            do {
                selectors.add(selector());
                if (selectors.size() > MAX_SELECTORS) {
                    throw new Bad("there are more than " + MAX_SELECTORS + " metrics");
                }
                blanks();
            } while (take(","));
            if (at < text.length()) {
                throw new Bad("a comma is missing at character " + (at + 1));
            }
            return selectors;
        }

        private Selector selector() throws Bad {
            blanks();
            String name = name();
            var matchers = new ArrayList<Matcher>();
            blanks();
            if (take("{")) {
                blanks();
                while (!take("}")) {
                    matchers.add(matcher());
                    blanks();
                    if (!take(",")) {
                        need("}");
                        break;
                    }
                    blanks();
                }
            }
            return new Selector(name, matchers);
        }

        private Matcher matcher() throws Bad {
            String label = name();
            blanks();
            Relation relation =
                    take("=~")
                            ? Relation.LIKE
                            : take("!~")
                                    ? Relation.NOT_LIKE
                                    : take("!=") ? Relation.NOT_EQUAL : equal();
            blanks();
            need("\"");
            String value = quoted();
            boolean pattern = relation == Relation.LIKE || relation == Relation.NOT_LIKE;
            if (pattern && !value.isEmpty() && !ValueForm.PATTERN.accepts(value)) {
                throw new Bad("write " + ValueForm.PATTERN.right());
            }
            try {
                return new Matcher(label, relation, value, Pattern.compile(pattern ? value : ""));
            } catch (PatternSyntaxException e) {
                throw new Bad("\"" + value + "\" is no pattern in RE2 syntax");
            }
        }

        private Relation equal() throws Bad {
            need("=");
            return Relation.EQUAL;
        }

        private String quoted() throws Bad {
            var value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return value.toString();
                }
                if (c == '\\' && at < text.length()) {
                    char escaped = text.charAt(at++);
                    // Other backslashes belong to a pattern.
                    value.append(escaped == '"' || escaped == '\\' ? "" : "\\").append(escaped);
                } else {
                    value.append(c);
                }
            }
            throw new Bad("a label's value has no closing quote");
        }

        private String name() throws Bad {
            int begin = at;
            if (at >= text.length() || !Exposition.nameBegins(text.charAt(at))) {
                throw new Bad("a name is expected at character " + (at + 1));
            }
            while (at < text.length() && Exposition.nameContinues(text.charAt(at))) {
                at++;
            }
            return text.substring(begin, at);
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean take(String token) {
            boolean there = text.startsWith(token, at);
            at += there ? token.length() : 0;
            return there;
        }

        private void need(String token) throws Bad {
            if (!take(token)) {
                throw new Bad("a " + token + " is expected at character " + (at + 1));
            }
        }
    }
}
