package aramaki.cli.output;

/// Text from elsewhere, made harmless for a terminal: what would move the cursor, change colours or
/// reorder the line is shown instead of obeyed.
public final class Plain {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int PICTURES = 0x2400;

    /// East Asian scripts, full-width forms and pictures.
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0x1F300, 0x1F9FF},
        {0x20000, 0x3FFFD},
    };

    private Plain() {}

    /// On one line: a line break becomes a sign, a tab a space.
    public static String line(String text) {
        var safe = new StringBuilder(text.length());
        text.strip().codePoints().forEach(c -> safe.appendCodePoint(harmless(c)));
        return safe.toString();
    }

    /// JSON keeps its meaning: what the writer does not escape and a terminal might obey becomes an
    /// escape, which only ever stands in a string.
    public static String json(String document) {
        var safe = new StringBuilder(document.length());
        document.codePoints()
                .forEach(
                        c -> {
                            if (c != '\n' && obeyed(c)) {
                                safe.append("\\u%04x".formatted(c));
                            } else {
                                safe.appendCodePoint(c);
                            }
                        });
        return safe.toString();
    }

    /// How many columns a terminal needs for the text.
    public static int width(String text) {
        return text.codePoints().map(Plain::width).sum();
    }

    /// At most `columns` of it, with a sign where something is left out.
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        var start = new StringBuilder();
        int left = columns - 1;
        for (int c : text.codePoints().toArray()) {
            left -= width(c);
            if (left < 0) {
                break;
            }
            start.appendCodePoint(c);
        }
        return columns < 1 ? "" : start.append('…').toString();
    }

    /// One character as a terminal may have it; what no terminal should get becomes a sign.
    public static int harmless(int c) {
        if (c == '\t') {
            return ' ';
        }
        if (c == '\n') {
            return '⏎';
        }
        if (c < ' ') {
            return PICTURES + c;
        }
        return obeyed(c) ? REPLACEMENT : c;
    }

    private static boolean obeyed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }

    /// How many columns a terminal needs for one character.
    public static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return wide(c) ? 2 : 1;
    }

    private static boolean wide(int c) {
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
