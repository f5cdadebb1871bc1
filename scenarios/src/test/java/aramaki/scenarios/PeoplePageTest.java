package aramaki.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.Server;
import aramaki.server.ServerSettings;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People and their passkeys in a real browser, whose authenticator is made of software.
class PeoplePageTest {
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final Pattern HOME = Pattern.compile(".*/(#.*)?$");

    @TempDir private static Path folder;
    private final List<String> wrong = new ArrayList<>();
    private static Server server;
    private static Browser browser;

    @BeforeAll
    static void start() {
        server = new Server(ServerSettings.of(folder, 0, Optional.empty()), InstantSource.system());
        server.start();
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    /// A device that says yes for its person, and keeps what it makes.
    static CDPSession authenticator(Page page) {
        var session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var wanted = new JsonObject();
        wanted.add("options", options);
        session.send("WebAuthn.addVirtualAuthenticator", wanted);
        return session;
    }

    @Test
    void somebodyInvitedJoinsByAPasskeyAndComesBackByIt() {
        try (var page = browser.pageOfSomebodyElse()) {
            authenticator(page);
            page.navigate(server.signInLink().toString());
            page.navigate(server.url() + "/account");
            page.getByLabel("Name of this passkey").fill("Laptop <img src=x onerror=alert(1)>");
            page.getByText("Add a passkey").click();
            assertThat(page.locator("main")).containsText("Laptop <img");
            page.getByText("Make ten new codes").click();
            assertThat(page.locator("#codes")).containsText("-");
            looks(page, "account");
            page.navigate(server.url() + "/people");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("bo");
            page.getByLabel("Title").fill("Bo <b>Beispiel</b>");
            page.getByText("Make an invitation").click();
            String link = page.locator("#invitation-link").textContent().strip();
            looks(page, "people");
            page.navigate(server.url() + "/people/" + server.owner().name());
            looks(page, "person");
            page.locator("form[action='/sign-out'] button").click();
            assertThat(page.locator("h1")).hasText("Sign in");
            looks(page, "sign-in");
            page.getByText("Sign in with a passkey").click();
            page.waitForURL(HOME);
            joins(link);
        }
        assertThat(wrong).as("what is wrong on pages").isEmpty();
        assertThat(browser.complaints()).filteredOn(c -> !c.contains("401")).isEmpty();
    }

    private void joins(String link) {
        try (var page = browser.pageOfSomebodyElse()) {
            authenticator(page);
            page.navigate(link);
            assertThat(page.locator("main")).containsText("invites you");
            assertThat(page.locator("main")).containsText("Bo <b>Beispiel</b>");
            looks(page, "join");
            page.getByText("Join with a passkey").click();
            page.waitForURL(HOME);
            assertThat(page.locator("a.who")).hasText("bo");
            page.navigate(server.url() + "/step-up?back=/account");
            looks(page, "step-up");
            page.getByText("Prove it with a passkey").click();
            assertThat(page.locator("h1")).hasText("Your account");
            shutOut(page);
        }
    }

    /// The page that is open says so by itself.
    private static void shutOut(Page page) {
        page.navigate(server.url() + "/");
        assertThat(page.locator("#live")).hasText("live");
        server.people().disable(server.owner(), "bo", "left");
        assertThat(page.locator("#live")).containsText("signed out: sign in again");
        page.reload();
        page.getByText("Sign in with a passkey").click();
        assertThat(page.locator("form.passkey [role=status]")).containsText("shut out");
    }

    /// By the rules of axe in light and dark, no wider than a telephone, and kept to be looked at.
    private void looks(Page page, String name) {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            new AxeBuilder(page)
                    .analyze()
                    .getViolations()
                    .forEach(v -> wrong.add(name + ": " + v.getId() + " " + v.getNodes()));
        }
        page.setViewportSize(360, 780);
        int width = (int) page.evaluate("document.documentElement.scrollWidth");
        if (width > 360) {
            wrong.add(name + " is " + width + " pixels wide on a screen of 360");
        }
        Browser.screenshots(page, SHOTS, name);
    }
}
