package aramaki.agent.observe.finding;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/// Foreign bytes as text that is safe to show.
public final class Text {
    private static final int REPLACEMENT = 0xFFFD;

    private Text() {}

    /// Decodes UTF-8 with replacement.
    public static String of(byte[] bytes) {
        return of(new String(bytes, StandardCharsets.UTF_8));
    }

    /// Line ends become line feeds, tabs become spaces, and every other character that controls a
    /// terminal or the direction of writing is replaced.
    public static String of(String foreign) {
        var text = new StringBuilder(foreign.length());
        foreign.replace("\r\n", "\n").codePoints().map(Text::shown).forEach(text::appendCodePoint);
        return text.toString();
    }

    /// The same in one line, at most `max` characters long.
    public static String line(String foreign, int max) {
        String line =
                of(foreign).lines().map(String::strip).collect(Collectors.joining(" ")).strip();
        return line.length() <= max ? line : line.substring(0, max) + "…";
    }

    /// A number of seconds, bytes or percent as people read it.
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.1f", value);
    }

    /// A size with the largest binary unit that leaves a number above one.
    public static String size(double bytes) {
        String units = "KMGTPE";
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < units.length() - 1) {
            value /= 1024;
            unit++;
        }
        return unit < 0 ? number(value) + " B" : number(value) + " " + units.charAt(unit) + "iB";
    }

    private static int shown(int character) {
        if (character == '\n') {
            return character;
        }
        if (character == '\t') {
            return ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    REPLACEMENT;
            case Character.FORMAT -> directs(character) ? REPLACEMENT : character;
            default -> character;
        };
    }

    private static boolean directs(int character) {
        return character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069
                || character == 0x200E
                || character == 0x200F;
    }
}
