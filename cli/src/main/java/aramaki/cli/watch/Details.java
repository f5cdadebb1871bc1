package aramaki.cli.watch;

import java.util.List;

/// Everything about one thing, to be read in full.
record Details(String id, String title, String url, List<Paragraph> paragraphs) {
    /// A name and what belongs to it; text that has lines keeps them, and long ones are wrapped.
    record Paragraph(String name, String text, Style style) {
        static Paragraph of(String name, String text) {
            return new Paragraph(name, text, Style.PLAIN);
        }

        static Paragraph heading(String name) {
            return new Paragraph(name, "", Style.BOLD);
        }
    }

    Details {
        paragraphs = List.copyOf(paragraphs);
    }
}
