package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.web.view.Markdown;
import aramaki.testkit.HostileNotes;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of Markdown, whoever wrote it.
class MarkdownTest {
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern ALLOWED =
            Pattern.compile(
                    "</?(p|h4|h5|h6|em|strong|blockquote|ul|ol|li|code|pre|a)>|<br>|<hr>"
                            + "|<a href=\"(https?://|mailto:)[^\"<>]*\""
                            + " rel=\"nofollow noopener noreferrer\">");

    static java.util.stream.Stream<String> corpus() {
        return HostileNotes.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void onlyElementsOfTheListComeOut(String evil) {
        String html = Markdown.of(evil).html();

        assertThat(TAG.matcher(html).results().map(r -> r.group()))
                .allSatisfy(tag -> assertThat(tag).matches(ALLOWED));
        assertThat(TAG.matcher(html).replaceAll("")).doesNotContain("<", ">");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "# One~<h4>One</h4>",
                "##### Five~<h6>Five</h6>",
                "a **b** *c* `` `d` ``~<p>a <strong>b</strong> <em>c</em> <code>`d`</code></p>",
                "[x](https://a.example/?a=1&b=2)~<p><a href=\"https://a.example/?a=1&amp;b=2\""
                        + " rel=\"nofollow noopener noreferrer\">x</a></p>",
                "[m](mailto:ada@a.example)~<p><a href=\"mailto:ada@a.example\""
                        + " rel=\"nofollow noopener noreferrer\">m</a></p>",
                "<https://a.example>~<p><a href=\"https://a.example\""
                        + " rel=\"nofollow noopener noreferrer\">https://a.example</a></p>",
                "[x](javascript:alert(1))~<p>x (javascript:alert(1))</p>",
                "[x](/events/1)~<p>x (/events/1)</p>",
                "[x](//evil.example)~<p>x (//evil.example)</p>",
                "![alt](https://evil.example/p.png)~<p>alt (https://evil.example/p.png)</p>",
                "<b>x</b>~<p>&lt;b&gt;x&lt;/b&gt;</p>",
                "---~<hr>",
            })
    void markdownIsHtml(String markdown, String html) {
        assertThat(Markdown.of(markdown.strip()).html()).isEqualTo(html.strip());
    }

    @Test
    void linesStayLines() {
        assertThat(Markdown.of("one\ntwo").html()).isEqualTo("<p>one<br>two</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "- ", "*", "[", "(", "`", "![", "<", "_*", "\n> ", "#", "&"})
    void endlessNestingEndsSoon(String piece) {
        String text = piece.repeat(20_000 / piece.length());

        assertThat(Markdown.of(text + "x" + text).html().length()).isLessThan(250_000);
    }

    @Test
    void deepEmphasisIsCutToItsText() {
        String html = Markdown.of("*a _b ".repeat(500) + "x" + "_*".repeat(500)).html();

        assertThat(html).contains("a ").hasSizeLessThan(50_000);
    }

    @Test
    void charactersThatHideOrReorderAreShown() {
        assertThat(Markdown.of("a\u202Eb `c\u0007d`").html()).contains("a⟨U+202E⟩b", "c␇d");
    }
}
