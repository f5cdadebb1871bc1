package aramaki.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.server.oidc.Organisation;
import aramaki.server.oidc.Organisations;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sign-in at an organisation with a real provider and a real browser.
class OrganisationSignInScenario {
    private static final String SECRET = "a-client-secret-that-is-long";
    private static final Path SHOTS = Path.of("target", "screenshots");

    @TempDir private static Path folder;
    private static Server server;
    private static OrganisationProvider provider;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        int port = Checkout.freePort();
        var secret = folder.resolve("client-secret");
        Files.writeString(secret, SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        var muster =
                Organisation.of(
                        "Muster GmbH", OrganisationProvider.issuer(port), "aramaki", secret);
        server =
                new Server(
                        ServerSettings.of(folder.resolve("data"), 0, Optional.empty())
                                .with(List.of(muster)),
                        InstantSource.system());
        server.start();
        provider =
                new OrganisationProvider(
                        port, server.url().resolve(Organisations.CALLBACK).toString(), SECRET);
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        provider.close();
        server.close();
    }

    /// Somebody with a browser of their own, to which nothing comes but from this host.
    private static Page somebody() {
        var page = browser.pageOfSomebodyElse();
        page.route(
                url -> !url.startsWith("http://127.0.0.1:") && !url.startsWith("http://localhost:"),
                Route::abort);
        return page;
    }

    private static void signsInThere(Page page, String name) {
        page.locator("input[name=login]").fill(name);
        page.locator("input[name=password]").fill("whatever");
        page.locator("button[type=submit]").click();
    }

    private static void agreesThere(Page page) {
        page.locator("input[name=prompt][value=consent]").waitFor(attached());
        page.locator("button[type=submit]").click();
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    }

    private static void signsOut(Page page) {
        page.locator("form[action='/sign-out'] button").click();
        assertThat(page.locator("h1")).hasText("Sign in");
    }

    private static Pattern at(String path) {
        return Pattern.compile("^" + Pattern.quote(server.url() + path) + "(#.*)?$");
    }

    @Test
    void somebodyInvitedJoinsByTheirOrganisationAndComesBackByIt() {
        String code =
                server.invitations()
                        .invite(server.owner(), "bo", "Bo", List.of(), Duration.ofHours(1))
                        .secret();
        try (var page = somebody()) {
            page.navigate(server.url() + "/join?code=" + code);
            Browser.screenshots(page, SHOTS, "join-organisation");
            page.getByText("Join with Muster GmbH").click();
            signsInThere(page, "bo-at-muster");
            agreesThere(page);
            page.waitForURL(at("/"));
            page.navigate(server.url() + "/account");
            assertThat(page.locator("main")).containsText("bo-at-muster");
            signsOut(page);
            page.getByText("Sign in with Muster GmbH").click();
            page.waitForURL(at("/"));
            proves(page);
        }
        assertThat(browser.complaints()).noneMatch(c -> c.contains("Content Security Policy"));
    }

    /// The organisation asks again, although its own session would do.
    private static void proves(Page page) {
        page.navigate(server.url() + "/step-up?back=/account");
        page.getByText("Prove it at Muster GmbH").click();
        signsInThere(page, "bo-at-muster");
        page.waitForURL(at("/account"));
        page.getByText("Make ten new codes").click();
        assertThat(page.locator("#codes")).containsText("-");
    }

    @Test
    void anAccountIsLinkedAndUnlinked() {
        try (var page = somebody()) {
            page.navigate(server.signInLink().toString());
            page.navigate(server.url() + "/account");
            page.getByText("Link your account at Muster GmbH").click();
            signsInThere(page, "ada-at-muster");
            agreesThere(page);
            page.waitForURL(at("/account"));
            assertThat(page.locator("main")).containsText("ada-at-muster");
            Browser.screenshots(page, SHOTS, "account-organisation");
            page.getByText("Unlink").click();
            assertThat(page.locator("main")).containsText("None is linked");
            signsOut(page);
            Browser.screenshots(page, SHOTS, "sign-in-organisation");
            page.getByText("Sign in with Muster GmbH").click();
            assertThat(page.locator("main")).containsText("ask for an invitation");
        }
    }

    @Test
    void whoIsUnknownHereIsRefusedInWords() {
        try (var page = somebody()) {
            page.navigate(server.url() + "/sign-in");
            page.getByText("Sign in with Muster GmbH").click();
            signsInThere(page, "eve-at-muster");
            agreesThere(page);
            assertThat(page.locator("main"))
                    .containsText("Muster GmbH knows you, but nobody here is linked with you");
            page.navigate(server.url() + "/account");
            assertThat(page.locator("h1")).hasText("Sign in");
        }
    }
}
