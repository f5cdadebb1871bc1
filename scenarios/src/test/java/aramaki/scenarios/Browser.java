package aramaki.scenarios;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The distribution's Chromium, and what its pages complained about.
final class Browser implements AutoCloseable {
    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final BrowserContext context;
    private final List<BrowserContext> others = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Browser() {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                                        .setArgs(FLAGS));
        context = chromium.newContext(new NewContextOptions().setViewportSize(1280, 900));
    }

    Page page() {
        return page(context);
    }

    /// A page as somebody else has it, who shares no cookie with the others.
    Page pageOfSomebodyElse() {
        var other = chromium.newContext(new NewContextOptions().setViewportSize(1280, 900));
        others.add(other);
        return page(other);
    }

    private Page page(BrowserContext in) {
        var page = in.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        complaints.add(message.text());
                    }
                });
        page.onPageError(complaints::add);
        return page;
    }

    /// Errors on the console of any page: scripts that failed, and what the policy blocked.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// Takes this page in light, in dark, and as narrow as a telephone.
    static void screenshots(Page page, Path folder, String name) {
        shoot(page, folder.resolve(name + "-light.png"), ColorScheme.LIGHT, 1280, 900);
        shoot(page, folder.resolve(name + "-dark.png"), ColorScheme.DARK, 1280, 900);
        shoot(page, folder.resolve(name + "-360.png"), ColorScheme.LIGHT, 360, 780);
        page.setViewportSize(1280, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static void shoot(Page page, Path file, ColorScheme scheme, int width, int height) {
        page.setViewportSize(width, height);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        others.forEach(BrowserContext::close);
        context.close();
        chromium.close();
        playwright.close();
    }
}
