package aramaki.server.web.view;

/// HTML that was written by us from somebody's Markdown: elements of a short list, all text
/// escaped. Only `Markdown` makes any but the empty one.
public final class Markup {
    public static final Markup NONE = new Markup("");

    private final String html;

    Markup(String html) {
        this.html = html;
    }

    public String html() {
        return html;
    }

    public boolean isEmpty() {
        return html.isEmpty();
    }
}
