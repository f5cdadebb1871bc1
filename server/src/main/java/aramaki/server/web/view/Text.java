package aramaki.server.web.view;

/// Text of others, made safe to look at: characters that hide, reorder or ring a bell are shown as
/// what they are.
final class Text {
    private Text() {}

    static String visible(String text) {
        if (text.codePoints().noneMatch(Text::deceives)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        c -> {
                            if (!deceives(c)) {
                                shown.appendCodePoint(c);
                            } else if (c < 0x20) {
                                // Unicode has a picture of each C0 control.
                                shown.appendCodePoint(0x2400 + c);
                            } else {
                                shown.append("⟨U+%04X⟩".formatted(c));
                            }
                        });
        return shown.toString();
    }

    private static boolean deceives(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE -> true;
            // Joiners make letters and emoji of some scripts; the rest of this class is invisible.
            case Character.FORMAT -> c != 0x200C && c != 0x200D;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
