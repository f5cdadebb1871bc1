package aramaki.agent.observe.plugin;

import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A reader of the performance data of the Nagios plugin guidelines. What is no metric is skipped
/// up to the next blank, so that one bad token costs only itself.
final class PerfData {
    private static final int MAX_LABEL = 256;
    private static final int MAX_FIELD = 64;

    /// A unit never begins with a digit, a sign or a mark: `1,5` is a number of another locale, not
    /// a 1 with the unit `,5`.
    private static final Pattern VALUE =
            Pattern.compile(
                    "(?<number>[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
                            + "(?<unit>(?:[\\p{L}%°][^0-9,;]*)?)");

    private static final Pattern UNDETERMINED =
            Pattern.compile("U|-?nan", Pattern.CASE_INSENSITIVE);

    private final String text;
    private int at;

    private PerfData(String text) {
        this.text = text;
    }

    static List<Metric> parse(String text) {
        return new PerfData(text).metrics();
    }

    private List<Metric> metrics() {
        var metrics = new ArrayList<Metric>();
        while (skipBlanks()) {
            int begin = at;
            Optional<Metric> metric = label().flatMap(this::metric);
            metric.ifPresent(metrics::add);
            if (metric.isEmpty()) {
                at = begin;
                word();
            }
        }
        return metrics;
    }

    private boolean skipBlanks() {
        while (at < text.length() && blank(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private Optional<String> label() {
        Optional<String> label = text.charAt(at) == '\'' ? quoted() : plain();
        return label.filter(l -> !l.isBlank() && l.length() <= MAX_LABEL);
    }

    /// Up to the closing quote, which `=` must follow; a doubled quote stands for one.
    private Optional<String> quoted() {
        var label = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\'') {
                label.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
                label.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '=') {
                at = i + 2;
                return Optional.of(label.toString());
            } else {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<String> plain() {
        for (int i = at; i < text.length() && !blank(text.charAt(i)); i++) {
            if (text.charAt(i) == '=') {
                String label = text.substring(at, i);
                at = i + 1;
                return Optional.of(label);
            }
        }
        return Optional.empty();
    }

    private Optional<Metric> metric(String label) {
        String[] fields = word().split(";", -1);
        for (String field : fields) {
            if (field.length() > MAX_FIELD) {
                return Optional.empty();
            }
        }
        if (UNDETERMINED.matcher(fields[0]).matches()) {
            return Optional.of(metric(label, OptionalDouble.empty(), Unit.of(""), fields));
        }
        Matcher value = VALUE.matcher(fields[0]);
        if (!value.matches()) {
            return Optional.empty();
        }
        Unit unit = Unit.of(value.group("unit"));
        OptionalDouble number = number(value.group("number"), unit);
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(metric(label, number, unit, fields));
    }

    private static Metric metric(String label, OptionalDouble value, Unit unit, String[] fields) {
        return new Metric(
                label,
                value,
                unit.base(),
                range(field(fields, 1), unit),
                range(field(fields, 2), unit),
                bound(field(fields, 3), unit),
                bound(field(fields, 4), unit));
    }

    private static String field(String[] fields, int index) {
        return index < fields.length ? fields[index] : "";
    }

    private static Optional<Range> range(String field, Unit unit) {
        return Range.parse(field).map(unit::toBase);
    }

    private static OptionalDouble bound(String field, Unit unit) {
        Matcher value = VALUE.matcher(field);
        return value.matches() ? number(value.group("number"), unit) : OptionalDouble.empty();
    }

    private static OptionalDouble number(String digits, Unit unit) {
        double value = unit.toBase(Double.parseDouble(digits));
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private String word() {
        int begin = at;
        while (at < text.length() && !blank(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    /// A further `|` parts metrics as a blank does: plugins join the data of others with it.
    private static boolean blank(char c) {
        return Character.isWhitespace(c) || c == '|';
    }
}
