package aramaki.server.web.view;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Markdown as people write it in notes, as HTML of a short list of elements. What is not on the
/// list becomes text: HTML, images, addresses that a browser should not follow.
public final class Markdown {
    /// Longer texts are cut; notes are shorter anyway.
    static final int MAX = 20_000;

    /// Deeper nesting than people write; below it only the text is left.
    private static final int MAX_DEPTH = 12;

    private static final int MAX_HTML = 200_000;
    private static final Set<String> WEB = Set.of("http", "https");
    private static final Parser PARSER =
            Parser.builder().maxOpenBlockParsers(MAX_DEPTH * 2).build();

    private Markdown() {}

    public static Markup of(String text) {
        String bounded = cut(text);
        var writer = new Writer();
        PARSER.parse(bounded).accept(writer);
        return writer.html.length() <= MAX_HTML
                ? new Markup(writer.html.toString())
                : new Markup("<p>" + escaped(bounded) + "</p>");
    }

    private static String cut(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        boolean split = Character.isHighSurrogate(text.charAt(MAX - 1));
        return text.substring(0, split ? MAX - 1 : MAX) + "…";
    }

    /// Where a link may lead; empty for what stays text.
    private static Optional<String> followed(String address) {
        try {
            var uri = new URI(address.strip());
            String scheme =
                    Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            boolean good =
                    scheme.equals("mailto")
                            ? uri.isOpaque()
                            : WEB.contains(scheme) && uri.getHost() != null;
            return good ? Optional.of(uri.toString()) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        String visible = Text.visible(text);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// Writes the elements that it knows; there is no way to write another.
    private static final class Writer extends AbstractVisitor {
        private final StringBuilder html = new StringBuilder();
        private int depth;

        private void element(String name, Node node) {
            html.append('<').append(name).append('>');
            children(node);
            html.append("</").append(name).append('>');
        }

        private void children(Node node) {
            if (depth >= MAX_DEPTH) {
                html.append(escaped(text(node)));
                return;
            }
            depth++;
            visitChildren(node);
            depth--;
        }

        /// All text below a node, without recursion.
        private static String text(Node root) {
            var text = new StringBuilder();
            Node node = root.getFirstChild();
            while (node != null && node != root) {
                if (node instanceof org.commonmark.node.Text words) {
                    text.append(words.getLiteral());
                } else if (node instanceof Code code) {
                    text.append(code.getLiteral());
                } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
                    text.append('\n');
                }
                node = after(node, root);
            }
            return text.toString();
        }

        private static @Nullable Node after(Node node, Node root) {
            if (node.getFirstChild() != null) {
                return node.getFirstChild();
            }
            Node at = node;
            while (at != null && at != root && at.getNext() == null) {
                at = at.getParent();
            }
            return at == null || at == root ? null : at.getNext();
        }

        @Override
        public void visit(org.commonmark.node.Text text) {
            html.append(escaped(text.getLiteral()));
        }

        @Override
        public void visit(Paragraph paragraph) {
            element("p", paragraph);
        }

        /// Below the headings of the page that it stands on.
        @Override
        public void visit(Heading heading) {
            element("h" + Math.min(6, heading.getLevel() + 3), heading);
        }

        @Override
        public void visit(Emphasis emphasis) {
            element("em", emphasis);
        }

        @Override
        public void visit(StrongEmphasis strong) {
            element("strong", strong);
        }

        @Override
        public void visit(BlockQuote quote) {
            element("blockquote", quote);
        }

        @Override
        public void visit(BulletList list) {
            element("ul", list);
        }

        @Override
        public void visit(OrderedList list) {
            element("ol", list);
        }

        @Override
        public void visit(ListItem item) {
            element("li", item);
        }

        @Override
        public void visit(Code code) {
            html.append("<code>").append(escaped(code.getLiteral())).append("</code>");
        }

        @Override
        public void visit(FencedCodeBlock block) {
            pre(block.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            pre(block.getLiteral());
        }

        private void pre(String text) {
            html.append("<pre><code>").append(escaped(text)).append("</code></pre>");
        }

        @Override
        public void visit(ThematicBreak line) {
            html.append("<hr>");
        }

        @Override
        public void visit(HardLineBreak line) {
            html.append("<br>");
        }

        /// Notes are written line by line.
        @Override
        public void visit(SoftLineBreak line) {
            html.append("<br>");
        }

        @Override
        public void visit(HtmlBlock block) {
            html.append("<p>").append(escaped(block.getLiteral())).append("</p>");
        }

        @Override
        public void visit(HtmlInline inline) {
            html.append(escaped(inline.getLiteral()));
        }

        @Override
        public void visit(Link link) {
            var address = followed(link.getDestination());
            address.ifPresent(
                    href ->
                            html.append("<a href=\"")
                                    .append(escaped(href))
                                    .append("\" rel=\"nofollow noopener noreferrer\">"));
            children(link);
            html.append(address.isPresent() ? "</a>" : " (" + escaped(link.getDestination()) + ")");
        }

        /// Never fetched: whoever reads a note tells no stranger of it.
        @Override
        public void visit(Image image) {
            children(image);
            html.append(" (").append(escaped(image.getDestination())).append(')');
        }
    }
}
