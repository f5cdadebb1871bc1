package aramaki.model.alert;

import aramaki.model.Refusal;
import aramaki.model.observation.PatternSize;
import java.util.Set;
import java.util.regex.Pattern;

/// One condition of a silence: `check=disk`, `team!=web`, `entity=~db[0-9]+`. All conditions of a
/// silence must hold.
///
/// @param field `system`, `entity`, `check`, `severity`, or the name of a label
/// @param value what it is held against; a pattern must match the whole of it
public record Matcher(String field, Op op, String value) {
    public static final int MAX_VALUE = 200;

    /// The fields that are no labels.
    public static final Set<String> FIELDS = Set.of("system", "entity", "check", "severity");

    private static final int MAX_PATTERN = 10_000;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._/-]{0,99})(=~|!~|!=|=)(.*)", Pattern.DOTALL);

    /// How a field is held against the value.
    public enum Op {
        IS("="),
        IS_NOT("!="),
        FITS("=~"),
        FITS_NOT("!~");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        public boolean pattern() {
            return this == FITS || this == FITS_NOT;
        }

        public boolean not() {
            return this == IS_NOT || this == FITS_NOT;
        }
    }

    public Matcher {
        if (value.length() > MAX_VALUE) {
            throw Refusal.invalid(
                    "bad-matcher",
                    "what " + field + " is held against has at most " + MAX_VALUE + " characters");
        }
        if (op.pattern() && PatternSize.of(value) > MAX_PATTERN) {
            throw Refusal.invalid(
                    "bad-matcher",
                    "the pattern for "
                            + field
                            + " becomes too large once its repetitions are written out: "
                            + "use smaller numbers in {}");
        }
    }

    public static Matcher parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw Refusal.invalid(
                    "bad-matcher",
                    "\""
                            + text
                            + "\" is no condition: write check=disk, team!=web, entity=~db.* or"
                            + " customer!~muster.*");
        }
        String sign = form.group(2);
        for (var op : Op.values()) {
            if (op.sign().equals(sign)) {
                return new Matcher(form.group(1), op, form.group(3));
            }
        }
        throw new IllegalStateException("no such sign: " + sign);
    }

    @Override
    public String toString() {
        return field + op.sign() + value;
    }
}
