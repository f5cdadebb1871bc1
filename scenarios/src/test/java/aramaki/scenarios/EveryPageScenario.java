package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every page that links lead to, in light, in dark and as narrow as a telephone: readable by the
/// rules of axe, no wider than the screen, and within reach of Tab alone.
class EveryPageScenario {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Path SHOTS = Path.of("target", "every-page");
    private static final int NARROW = 360;
    private static final int MOST_TABS = 600;

    /// What the pages are called, so that one that links no longer reach is missed.
    private static final List<String> KNOWN =
            List.of(
                    "/",
                    "/systems",
                    "/systems?view=graph",
                    "/s/*",
                    "/s/*/checks/*",
                    "/alerts",
                    "/timeline",
                    "/events/*",
                    "/agents",
                    "/proposals",
                    "/doctor",
                    "/people",
                    "/people/*",
                    "/account",
                    "/grants",
                    "/search");

    /// Marks what has the focus, and says whether one can see that it has: by an outline, or as it
    /// or something in it looks different without.
    private static final String FOCUSED =
            """
            () => {
                const it = document.activeElement;
                if (!it || it === document.body) { return null; }
                const look = e => [e, ...e.querySelectorAll('*')].map(part => {
                    const s = getComputedStyle(part);
                    return [s.boxShadow, s.borderColor, s.backgroundColor, s.fill, s.stroke];
                }).join();
                it.dataset.reached = 'yes';
                const focused = look(it);
                const visible = getComputedStyle(it).outlineStyle !== 'none';
                it.blur();
                const seen = visible || look(it) !== focused;
                it.focus({focusVisible: true});
                return seen ? '' : it.outerHTML.slice(0, 160);
            }
            """;

    private static final String MISSED =
            """
            () => [...document.querySelectorAll(
                    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
                .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled
                    && e.tabIndex >= 0 && !e.dataset.reached)
                .map(e => e.outerHTML.slice(0, 160))
            """;

    @TempDir Path folder;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void everyPageIsReadableNarrowAndWithinReachOfTheKeyboard() throws Exception {
        int port = Checkout.freePort();
        try (var checkout = new Checkout(folder);
                var browser = new Browser()) {
            var up =
                    checkout.aramaki(
                            "up",
                            "--data=" + folder.resolve("server"),
                            "--port=" + port,
                            "--systems=" + systems());
            String link = up.says("sign in once.*: (http\\S+)", LONG).group(1);
            awaitAlert(checkout, port);

            var page = browser.page();
            page.navigate(link);
            page.route(Pattern.compile(".*/stream.*"), route -> route.abort()); // it holds still
            var pages = crawl(page, "http://localhost:" + port);
            assertThat(pages.keySet()).containsAll(KNOWN);
            pages.forEach((shape, url) -> look(page, shape, url));
            assertThat(wrong).as("what is wrong on pages").isEmpty();
        }
    }

    private Path systems() throws IOException {
        Path root = folder.resolve("systems");
        write(
                root.resolve("shop/system.yaml"),
                """
                title: Shop
                category: project
                subsystems: [web, store]
                selections: [{each: dc, title: "Everything in {{dc}}"}]
                """);
        write(root.resolve("web/system.yaml"), "title: Web\nlabels: {dc: fra, web: ''}\n");
        write(root.resolve("store/system.yaml"), "title: Store\nlabels: {dc: ams}\n");
        write(root.resolve("web/checks/load.yaml"), "probe: {load: {}}\nevery: 2s\n");
        write(
                root.resolve("store/checks/door.yaml"),
                "probe: {tcp: {host: 127.0.0.1, port: 1}}\nevery: 2s\n");
        return root;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void awaitAlert(Checkout checkout, int port) {
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () ->
                                checkout.cli("alert", "list", "--server=http://localhost:" + port)
                                        .out()
                                        .contains("door"));
    }

    /// One address of each kind of page, as the links of the pages lead to them.
    private static Map<String, String> crawl(Page page, String server) {
        var pages = new LinkedHashMap<String, String>();
        var next = new ArrayDeque<>(List.of("/", "/proposals")); // linked while there are some
        while (!next.isEmpty()) {
            String path = next.remove();
            if (pages.putIfAbsent(shape(path), server + path) != null) {
                continue;
            }
            page.navigate(server + path);
            for (Object href :
                    (List<?>)
                            page.evaluate(
                                    "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location).href)")) {
                var uri = URI.create(href.toString());
                if (href.toString().startsWith(server + "/")
                        && !uri.getPath().startsWith("/api/")
                        && !uri.getPath().startsWith("/sign-out")) {
                    String query = uri.getRawQuery();
                    next.add(uri.getRawPath() + (query == null ? "" : "?" + query));
                }
            }
        }
        return pages;
    }

    private static String shape(String path) {
        String page = path.replaceAll("\\?.*", "");
        String shape =
                page.replaceFirst("^/s/[^/]+", "/s/*")
                        .replaceFirst("/checks/[^/]+", "/checks/*")
                        .replaceFirst("^/events/[^/]+", "/events/*")
                        .replaceFirst("^/people/[^/]+", "/people/*");
        return path.contains("view=graph") ? shape + "?view=graph" : shape;
    }

    private void look(Page page, String shape, String url) {
        String name = shape.equals("/") ? "home" : shape.substring(1).replaceAll("[^a-z]+", "-");
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.setViewportSize(1280, 900);
            page.navigate(url);
            new AxeBuilder(page)
                    .analyze()
                    .getViolations()
                    .forEach(
                            v ->
                                    wrong.add(
                                            shape
                                                    + " "
                                                    + scheme
                                                    + ": "
                                                    + v.getId()
                                                    + " "
                                                    + v.getNodes()));
        }
        Browser.screenshots(page, SHOTS, name);
        page.setViewportSize(NARROW, 780);
        page.navigate(url);
        int width = (int) page.evaluate("document.documentElement.scrollWidth");
        if (width > NARROW) {
            wrong.add(shape + " is " + width + " pixels wide on a screen of " + NARROW);
        }
        page.setViewportSize(1280, 900);
        page.navigate(url);
        tab(page, shape);
    }

    /// Goes through a page by Tab until it leaves it.
    private void tab(Page page, String shape) {
        for (int i = 0; i < MOST_TABS; i++) {
            page.keyboard().press("Tab");
            Object unseen = page.evaluate(FOCUSED);
            if (unseen == null) {
                break;
            }
            if (!unseen.toString().isEmpty()) {
                wrong.add(shape + ": one cannot see the focus on " + unseen);
            }
        }
        ((List<?>) page.evaluate(MISSED))
                .forEach(missed -> wrong.add(shape + ": Tab does not reach " + missed));
    }
}
