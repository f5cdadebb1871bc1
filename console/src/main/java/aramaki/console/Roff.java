package aramaki.console;

import java.util.List;
import java.util.Locale;

/// Writes a page in the macros of `man`.
final class Roff {
    private final StringBuilder out = new StringBuilder();

    Roff(String name, String section, String version) {
        out.append(".\\\" Made from the commands of the program; changes here are lost.\n");
        out.append(
                ".TH \"%s\" \"%s\" \"\" \"%s\" \"Aramaki\"\n"
                        .formatted(
                                escaped(name.toUpperCase(Locale.ROOT)), section, escaped(version)));
        out.append(".nh\n.ad l\n");
    }

    Roff section(String title) {
        out.append(".SH ").append(escaped(title)).append('\n');
        return this;
    }

    Roff subsection(String title) {
        out.append(".SS \"").append(quoted(title)).append("\"\n");
        return this;
    }

    Roff text(String text) {
        return escapedText(escaped(text));
    }

    /// Text that holds escapes already.
    Roff escapedText(String line) {
        out.append(startOfLine(line)).append('\n');
        return this;
    }

    Roff synopsis(String text) {
        out.append(".HP\n.B ").append(startOfLine(escaped(text))).append('\n');
        return this;
    }

    Roff item(String head, String meaning) {
        out.append(".TP\n.B \"").append(quoted(head.strip())).append("\"\n");
        out.append(startOfLine(escaped(meaning.isBlank() ? "\u00a0" : meaning))).append('\n');
        return this;
    }

    Roff verbatim(List<String> lines) {
        out.append(".nf\n");
        lines.forEach(l -> out.append(startOfLine(escaped(l))).append('\n'));
        out.append(".fi\n");
        return this;
    }

    private static String startOfLine(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static String quoted(String text) {
        return escaped(text).replace("\"", "\\(dq");
    }

    /// As it stands, also hyphens, which `man` would make long, and quotes, which it would curl.
    static String escaped(String text) {
        var safe = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '\\' -> safe.append("\\e");
                                case '-' -> safe.append("\\-");
                                case '\'' -> safe.append("\\(aq");
                                case '`' -> safe.append("\\(ga");
                                case '^' -> safe.append("\\(ha");
                                case '~' -> safe.append("\\(ti");
                                case '\n' -> safe.append(' ');
                                default -> {
                                    if (c < 0x7f) {
                                        safe.appendCodePoint(c);
                                    } else {
                                        safe.append("\\[u%04X]".formatted(c));
                                    }
                                }
                            }
                        });
        return safe.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
