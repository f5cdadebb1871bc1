package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.State;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.Static;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every page in every state, written to `target/gallery` to be looked at, and held to what all
/// pages promise.
class PageGalleryTest {
    private static final Path GALLERY = Path.of("target", "gallery");
    private static final String MARKUP = "<script>alert('x')</script>";
    private static final Pages PAGES = new Pages();

    private static final Pattern TAG = Pattern.compile("<[a-z][^>]*>");

    static Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put("home", PAGES.home(Invented.home()));
        pages.put("home-empty", PAGES.home(InventedEmpty.emptyHome()));
        pages.put("systems", PAGES.systems(Invented.systems()));
        pages.put("systems-graph", PAGES.systems(Invented.graph()));
        pages.put("systems-empty", PAGES.systems(InventedEmpty.emptySystems()));
        pages.put("system", PAGES.system(Invented.system()));
        pages.put("system-empty", PAGES.system(InventedEmpty.emptySystem()));
        pages.put("proposals", PAGES.proposals(Invented.proposals()));
        pages.put("proposals-empty", PAGES.proposals(InventedEmpty.noProposals()));
        pages.put("doctor", PAGES.doctor(Invented.doctor()));
        pages.put("check", PAGES.check(Invented.check()));
        pages.put("check-empty", PAGES.check(InventedEmpty.emptyCheck()));
        pages.put("alerts", PAGES.alerts(Invented.alerts()));
        pages.put("alerts-empty", PAGES.alerts(InventedEmpty.emptyAlerts()));
        pages.put("alerts-many", PAGES.alerts(InventedEmpty.manyAlerts(300)));
        pages.put("alerts-hostile", PAGES.alerts(InventedHostile.hostileAlerts(MARKUP)));
        pages.put("silences", PAGES.silences(Invented.silences("new disk for db1")));
        pages.put("silences-hostile", PAGES.silences(Invented.silences(MARKUP)));
        pages.put("timeline", PAGES.timeline(Invented.timeline()));
        pages.put("timeline-signs", PAGES.timeline(InventedEmpty.signs()));
        pages.put("timeline-empty", PAGES.timeline(InventedEmpty.emptyTimeline()));
        pages.put("event", PAGES.event(Invented.event()));
        pages.put("event-pruned", PAGES.event(InventedEmpty.prunedEvent()));
        pages.put("agents", PAGES.agents(Invented.agentsView()));
        pages.put("agents-empty", PAGES.agents(InventedEmpty.emptyAgents()));
        pages.put("search", PAGES.search(InventedHome.found("front")));
        pages.put(
                "search-hostile", PAGES.search(InventedHome.found("<script>alert('x')</script>")));
        pages.put("search-empty", PAGES.search(InventedHome.nothingFound()));
        pages.put("sign-in", PAGES.signIn(Invented.signIn()));
        pages.put("sign-in-no-passkey", PAGES.signIn(Invented.noPasskey()));
        pages.put("people", PAGES.people(InventedPeople.people("Ada Beispiel")));
        pages.put("person", PAGES.person(InventedPeople.person("Ada Beispiel", false)));
        pages.put("person-shut-out", PAGES.person(InventedPeople.person("Ada Beispiel", true)));
        pages.put("grants", PAGES.grants(InventedGrants.grants("on call this week")));
        pages.put("grants-empty", PAGES.grants(InventedGrants.none()));
        pages.put("grants-hostile", PAGES.grants(InventedGrants.grants(MARKUP)));
        pages.put("account", PAGES.account(InventedPeople.account("Ada Beispiel")));
        pages.put("audit", PAGES.audit(InventedPeople.audit("bo noted: back at once", false)));
        pages.put("audit-looks", PAGES.audit(InventedPeople.audit("/s/shop", true)));
        pages.put("join", PAGES.join(InventedPeople.join("Bo Beispiel")));
        pages.put("leaving", PAGES.leaving(InventedPeople.leaving("Muster GmbH")));
        pages.put("step-up", PAGES.stepUp(InventedPeople.stepUp("/account")));
        pages.put("refused", PAGES.refused(Invented.refused()));
        pages.put(
                "hostile",
                PAGES.system(InventedHostile.hostileSystem("<script>alert('x')</script>")));
        return pages;
    }

    @Test
    void theGalleryIsWritten() throws IOException {
        Files.createDirectories(GALLERY.resolve("static"));
        for (Static file : Static.all()) {
            Files.write(GALLERY.resolve(file.path().substring(1)), file.bytes());
        }

        for (var page : pages().entrySet()) {
            Files.writeString(
                    GALLERY.resolve(page.getKey() + ".html"),
                    page.getValue().replace("\"/static/", "\"static/"));
        }

        assertThat(GALLERY.resolve("home.html")).exists();
        assertThat(GALLERY.resolve("static/htmx.min.js")).isNotEmptyFile();
    }

    @Test
    void noPageHasAnythingInline() {
        pages().forEach((name, html) -> assertNothingInline(name, html));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onmouseover=\"alert(1)\" x=\"",
                "' onmouseover='alert(1)' x='",
                "</textarea></title></style><img src=x onerror=alert(1)>",
                "javascript:alert(1)",
                " JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "<!--",
                "${1+1} {{x}} @if(true)"
            })
    void hostileWordsStayWords(String evil) {
        for (String html :
                List.of(
                        PAGES.system(InventedHostile.hostileSystem(evil)),
                        PAGES.check(InventedHostile.hostileCheck(evil)),
                        PAGES.timeline(InventedHostile.hostileTimeline(evil)),
                        PAGES.home(InventedHome.hostile(evil)),
                        PAGES.people(InventedPeople.people(evil)),
                        PAGES.person(InventedPeople.person(evil, false)),
                        PAGES.account(InventedPeople.account(evil)),
                        PAGES.audit(InventedPeople.audit(evil, false)),
                        PAGES.join(InventedPeople.join(evil)),
                        PAGES.leaving(InventedPeople.leaving(evil)),
                        PAGES.stepUp(InventedPeople.stepUp(evil)),
                        PAGES.search(InventedHome.found(evil)),
                        PAGES.options(InventedHome.found(evil)))) {
            assertNothingInline(evil, html);
            assertThat(html).doesNotContain("<script>", "<img", "<!--");
            assertThat(hrefs(html))
                    .allSatisfy(
                            href ->
                                    assertThat(href.strip().toLowerCase(java.util.Locale.ROOT))
                                            .doesNotStartWith("javascript:"));
        }
    }

    @Test
    void anAddressThatIsNoWebAddressIsNotALink() {
        String html = PAGES.system(InventedHostile.hostileSystem("data:text/html,x"));

        assertThat(html).contains("data:text/html,x <span class=\"line\">address not shown");
    }

    @Test
    void charactersThatHideOrReorderAreShownAsWhatTheyAre() {
        String html =
                PAGES.check(
                        InventedHostile.hostileCheck("a\u202Eb\u0000c\u001B[31md\u0085e\uFEFFf"));

        assertThat(html).contains("a⟨U+202E⟩b␀c␛[31md⟨U+0085⟩e⟨U+FEFF⟩f");
        assertThat(html).doesNotContain("\u202E", "\u0000", "\u001B", "\u0085", "\uFEFF");
    }

    @Test
    void everyStateIsWordAndSign() {
        String html = String.join("", pages().values());

        for (State state : State.values()) {
            StateBadge badge = StateBadge.of(state);
            assertThat(html)
                    .as(state.word())
                    .contains(
                            "<span class=\"st %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
                                    .formatted(badge.css(), badge.sign(), state.word()));
        }
        assertThat(java.util.Arrays.stream(State.values()).map(s -> StateBadge.of(s).sign()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyTimeSaysExactlyWhen() {
        for (String html : pages().values()) {
            assertThat(tags(html, "time"))
                    .allMatch(tag -> tag.contains(" datetime=\"2") && tag.contains(" title=\"2"));
        }
    }

    @Test
    void everyPageHasLanguageTitleHeadingAndAWayPastTheNavigation() {
        pages().forEach(
                        (name, html) -> {
                            assertThat(html)
                                    .as(name)
                                    .startsWith("<!DOCTYPE html>")
                                    .contains("<html lang=\"en\">", "<title>", "<main id=\"main\"")
                                    .contains("<a class=\"skip\" href=\"#main\">");
                            assertThat(tags(html, "h1")).as(name).hasSize(1);
                        });
    }

    @Test
    void everyFieldHasALabel() {
        for (String html : pages().values()) {
            for (String field : tags(html, "input|textarea")) {
                if (!field.contains("type=\"hidden\"") && !field.contains("type=\"checkbox\"")) {
                    String id = attribute(field, "id");
                    assertThat(html).contains("<label for=\"" + id + "\"");
                }
            }
        }
    }

    @Test
    void noIdIsTwiceOnAPage() {
        pages().forEach(
                        (name, html) ->
                                assertThat(
                                                TAG.matcher(html)
                                                        .results()
                                                        .map(m -> attribute(m.group(), "id"))
                                                        .filter(id -> !id.isEmpty()))
                                        .as(name)
                                        .doesNotHaveDuplicates());
    }

    @Test
    void everyLiveRegionIsThere() {
        pages().forEach(
                        (name, html) ->
                                tags(html, "div").stream()
                                        .filter(tag -> tag.contains("hx-select-oob"))
                                        .flatMap(
                                                tag ->
                                                        List.of(
                                                                attribute(tag, "hx-select-oob")
                                                                        .split(","))
                                                                .stream())
                                        .forEach(
                                                region ->
                                                        assertThat(html)
                                                                .as(name)
                                                                .contains(
                                                                        "id=\""
                                                                                + region.substring(
                                                                                        1)
                                                                                + "\"")));
    }

    @Test
    void theCurrentPageIsMarkedAndStrangersSeeNoNavigation() {
        assertThat(pages().get("alerts")).contains("<a href=\"/alerts\" aria-current=\"page\">");
        assertThat(pages().get("sign-in")).doesNotContain("<nav", "Sign out", "htmx");
    }

    private static void assertNothingInline(String name, String html) {
        assertThat(TAG.matcher(html).results().map(m -> withoutValues(m.group())))
                .as(name)
                .noneMatch(tag -> tag.matches("(?s).*\\s(on[a-z]+|style|hx-on\\S*)=.*"))
                .noneMatch(tag -> tag.startsWith("<style") || tag.startsWith("<base"));
        assertThat(tags(html, "script")).as(name).allMatch(tag -> tag.contains(" src=\"/static/"));
    }

    private static String withoutValues(String tag) {
        return tag.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("'[^']*'", "''");
    }

    private static List<String> tags(String html, String names) {
        return Pattern.compile("<(?:" + names + ")(?=[\\s>])[^>]*>")
                .matcher(html)
                .results()
                .map(m -> m.group())
                .toList();
    }

    private static List<String> hrefs(String html) {
        return tags(html, "a").stream().map(tag -> attribute(tag, "href")).toList();
    }

    private static String attribute(String tag, String name) {
        var matcher = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? matcher.group(1) : "";
    }
}
