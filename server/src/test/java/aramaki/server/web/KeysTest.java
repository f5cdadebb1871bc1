package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.web.view.Keys;
import aramaki.server.web.view.Static;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// One table of keys: what the page lists, what the script does and what the documentation says.
class KeysTest {
    private static final Path DOCS = Path.of("..", "docs", "how-to", "keyboard.md");
    private static final Pattern ROW = Pattern.compile("\\| (`.+`) \\| (.+) \\|");
    private static final Pattern ACT = Pattern.compile("(?m)^        (\\w+): \\(\\) =>");

    @Test
    void theDocumentationListsThemInTheSameOrder() throws Exception {
        var documented =
                ROW.matcher(Files.readString(DOCS))
                        .results()
                        .map(r -> r.group(1).replace("`", "") + ": " + r.group(2))
                        .toList();

        assertThat(documented)
                .startsWith(
                        Keys.ALL.stream()
                                .map(row -> row.keys() + ": " + row.does())
                                .toArray(String[]::new));
    }

    @Test
    void thePageListsThemForTheScript() {
        String page = PageGalleryTest.pages().get("home");

        assertThat(Pattern.compile("<tr data-keys=\"([^\"]+)\"").matcher(page).results())
                .extracting(r -> r.group(1))
                .containsExactlyElementsOf(Keys.ALL.stream().map(Keys.Row::keys).toList());
    }

    @Test
    void theScriptDoesWhatTheTableNamesAndNothingElse() {
        String script =
                Static.all().stream()
                        .filter(file -> file.path().endsWith("keys.js"))
                        .map(file -> new String(file.bytes(), StandardCharsets.UTF_8))
                        .findFirst()
                        .orElseThrow();
        var acts = ACT.matcher(script).results().map(r -> r.group(1)).toList();

        assertThat(acts)
                .containsExactlyInAnyOrderElementsOf(
                        Keys.ALL.stream()
                                .map(Keys.Row::act)
                                .filter(act -> !act.isEmpty())
                                .distinct()
                                .toList());
    }

    @Test
    void noKeyIsTakenTwiceOrHiddenByALongerOne() {
        List<String> keys = Keys.ALL.stream().map(Keys.Row::keys).toList();

        assertThat(keys).doesNotHaveDuplicates();
        for (String key : keys) {
            assertThat(keys.stream().filter(other -> other.startsWith(key + " "))).isEmpty();
        }
    }
}
