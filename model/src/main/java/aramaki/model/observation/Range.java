package aramaki.model.observation;

import java.util.Optional;
import java.util.regex.Pattern;

/// A threshold range of the Nagios plugin guidelines: `10`, `10:`, `~:10`, `10:20`, `@10:20`. Ends
/// are inclusive; infinities stand for an open end.
///
/// @param inside the alert is for values *inside* (`@`) instead of outside
public record Range(double start, double end, boolean inside) {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?|[-+]?[0-9]+\\.");

    /// Parses the guidelines' form; empty where the text is not a range.
    public static Optional<Range> parse(String text) {
        boolean inside = text.startsWith("@");
        String body = inside ? text.substring(1) : text;
        int colon = body.indexOf(':');
        String from = colon < 0 ? "" : body.substring(0, colon);
        String to = colon < 0 ? body : body.substring(colon + 1);
        if (colon < 0 && to.isEmpty()) {
            return Optional.empty();
        }
        try {
            double start =
                    from.equals("~") ? Double.NEGATIVE_INFINITY : from.isEmpty() ? 0 : number(from);
            double end = to.isEmpty() ? Double.POSITIVE_INFINITY : number(to);
            return start <= end ? Optional.of(new Range(start, end, inside)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The same range in another unit.
    public Range times(double factor) {
        return new Range(start * factor, end * factor, inside);
    }

    public boolean alerts(double value) {
        boolean within = value >= start && value <= end;
        return inside == within;
    }

    /// The guidelines' form again; `parse` reads it back to an equal range.
    @Override
    public String toString() {
        String from =
                start == Double.NEGATIVE_INFINITY ? "~:" : start == 0 ? "" : plain(start) + ":";
        String to = end == Double.POSITIVE_INFINITY ? "" : plain(end);
        if (from.isEmpty() && to.isEmpty()) {
            from = "0:";
        }
        return (inside ? "@" : "") + from + to;
    }

    private static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new NumberFormatException(text);
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new NumberFormatException(text);
        }
        return number + 0.0; // -0 becomes 0, so that equal ranges are equal records
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
