package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import aramaki.server.ServerSettings;
import aramaki.server.TestClock;
import aramaki.server.identity.DataDirectory;
import aramaki.server.oidc.Organisation;
import aramaki.server.web.TestProvider.Signing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sign-in at two organisations, over a real server, and what a bad provider may try.
class OrganisationSignInTest {
    private static final String MUSTER = "Muster GmbH";
    private static final String OTHER = "Beispiel AG";

    @TempDir private Path folder;
    private LiveServer live;
    private TestProvider muster;
    private TestProvider other;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        var clock = new TestClock[1];
        muster = new TestProvider(() -> clock[0].instant());
        other = new TestProvider(() -> clock[0].instant());
        live =
                new LiveServer(
                        ServerSettings.of(folder.resolve("data"), 0, Optional.empty())
                                .with(
                                        List.of(
                                                organisation(MUSTER, muster),
                                                organisation(OTHER, other))));
        clock[0] = live.clock;
        visitor = new Visitor(live.server.url());
    }

    private Organisation organisation(String name, TestProvider provider) throws IOException {
        var secret = folder.resolve("client-secret");
        Files.writeString(secret, TestProvider.SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return Organisation.of(name, provider.issuer(), TestProvider.CLIENT, secret);
    }

    @AfterEach
    void stop() {
        visitor.close();
        live.close();
        muster.close();
        other.close();
    }

    private void byLink() {
        var link = live.server.signInLink();
        assertThat(visitor.get(link.getPath() + "?" + link.getQuery()).statusCode()).isEqualTo(303);
    }

    /// Goes where a form leads.
    private URI leaves(String form, String organisation, String... more) {
        var fields = new String[more.length + 2];
        fields[0] = "organisation";
        fields[1] = organisation;
        System.arraycopy(more, 0, fields, 2, more.length);
        var page = visitor.form(form, fields);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        String refresh = page.headers().firstValue("Refresh").orElseThrow();
        assertThat(refresh).startsWith("0; url=");
        return URI.create(refresh.substring("0; url=".length()));
    }

    private HttpResponse<String> signsIn() {
        return visitor.get(muster.agrees(leaves("/sign-in/oidc", MUSTER)));
    }

    private static void isLedTo(HttpResponse<String> answer, String path) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue(path);
    }

    private static void isRefused(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    private boolean signedIn() {
        return visitor.get("/account").statusCode() == 200;
    }

    private void linked() {
        byLink();
        isLedTo(visitor.get(muster.agrees(leaves("/account/identities/link", MUSTER))), "/account");
        visitor.form("/sign-out");
        assertThat(signedIn()).isFalse();
    }

    private String invite(String name) {
        return live.server
                .invitations()
                .invite(live.server.owner(), name, "", List.of(), Duration.ofHours(24))
                .secret();
    }

    @Test
    void whoLinkedTheirAccountSignsInByIt() {
        linked();
        assertThat(visitor.get("/sign-in").body()).contains("Sign in with " + MUSTER);
        isLedTo(signsIn(), "/");
        assertThat(visitor.get("/account").body())
                .contains(MUSTER, "248289761001", "your organisation's sign-in");
    }

    @Test
    void somebodyInvitedJoinsByTheirOrganisation() throws Exception {
        String code = invite("bo");
        assertThat(visitor.get("/join?code=" + code).body()).contains("Join with " + MUSTER);
        isLedTo(visitor.get(muster.agrees(leaves("/join/oidc", MUSTER, "code", code))), "/");
        assertThat(signedIn()).isTrue();
        assertThat(live.get("/api/v1/people/bo").path("identities").asInt()).isEqualTo(1);
        assertThat(visitor.get("/join?code=" + code).statusCode()).isEqualTo(401);
        visitor.form("/sign-out");
        isLedTo(signsIn(), "/");
    }

    @Test
    void whoIsNotLinkedIsRefusedInWordsHoweverGoodTheirToken() {
        isRefused(signsIn(), 401, "ask for an invitation");
        assertThat(signedIn()).isFalse();
        linked();
        muster.subject = "another";
        isRefused(signsIn(), 401, "ask for an invitation");
    }

    @Test
    void theSameSubjectOfAnotherOrganisationIsSomebodyElse() {
        linked();
        isRefused(
                visitor.get(other.agrees(leaves("/sign-in/oidc", OTHER))),
                401,
                "ask for an invitation");
    }

    @Test
    void whatIsUnlinkedLetsNobodyIn() {
        linked();
        isLedTo(signsIn(), "/");
        byLink();
        isLedTo(
                visitor.form(
                        "/account/identities/unlink",
                        "issuer",
                        muster.issuer(),
                        "subject",
                        muster.subject),
                "/account");
        visitor.form("/sign-out");
        isRefused(signsIn(), 401, "ask for an invitation");
    }

    @Test
    void anAccountIsLinkedWithOnePersonOnly() {
        linked();
        String code = invite("bo");
        var joins = visitor.get(muster.agrees(leaves("/join/oidc", MUSTER, "code", code)));
        isRefused(joins, 409, "linked with somebody else");
        assertThat(live.server.people().find("bo")).isEmpty();
        assertThat(visitor.get("/join?code=" + code).statusCode()).isEqualTo(200);
    }

    @Test
    void whoIsShutOutIsNotLetInByTheirOrganisation() throws Exception {
        String code = invite("bo");
        visitor.get(muster.agrees(leaves("/join/oidc", MUSTER, "code", code)));
        live.post("/api/v1/people/bo/disable", "{\"reason\":\"left\"}");
        isRefused(signsIn(), 401, "shut out");
    }

    @Test
    void anOldSignInAtTheOrganisationIsNoFreshProofHere() {
        linked();
        isLedTo(signsIn(), "/");
        isLedTo(visitor.form("/account/codes"), "/step-up?back=%2F");
        muster.provedAt = Optional.of(live.clock.instant().minus(Duration.ofHours(1)));
        visitor.form("/sign-out");
        isLedTo(signsIn(), "/");
        isLedTo(visitor.form("/account/codes"), "/step-up?back=%2F");
        muster.provedAt = Optional.of(live.clock.instant());
        visitor.form("/sign-out");
        isLedTo(signsIn(), "/");
        assertThat(visitor.form("/account/codes").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsDangerousAsksTheOrganisationAgain() {
        linked();
        isLedTo(signsIn(), "/");
        assertThat(visitor.get("/step-up?back=/account").body()).contains("Prove it at " + MUSTER);
        var page = leaves("/step-up/oidc", MUSTER, "back", "/account");
        assertThat(TestProvider.parameters(page.getRawQuery()))
                .containsEntry("prompt", "login")
                .containsEntry("max_age", "0");
        isRefused(visitor.get(muster.agrees(page)), 403, "did not ask you again");
        assertThat(visitor.form("/account/codes").statusCode()).isEqualTo(303);
        muster.provedAt = Optional.of(live.clock.instant());
        String before = visitor.session();
        isLedTo(
                visitor.get(muster.agrees(leaves("/step-up/oidc", MUSTER, "back", "/account"))),
                "/account");
        assertThat(live.server.access().bySession(before)).isEmpty();
        assertThat(visitor.form("/account/codes").statusCode()).isEqualTo(200);
        live.clock.advance(Duration.ofMinutes(5));
        assertThat(visitor.form("/account/codes").statusCode()).isEqualTo(303);
    }

    @Test
    void anotherPersonsAccountProvesNothing() {
        linked();
        String code = invite("bo");
        muster.subject = "bo-at-muster";
        visitor.get(muster.agrees(leaves("/join/oidc", MUSTER, "code", code)));
        muster.subject = "248289761001";
        muster.provedAt = Optional.of(live.clock.instant());
        isRefused(
                visitor.get(muster.agrees(leaves("/step-up/oidc", MUSTER, "back", "/"))),
                403,
                "you are somebody else");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        linked();
        for (var audience :
                List.of(List.of("evil"), List.<String>of(), List.of("evil", TestProvider.CLIENT))) {
            muster.claims = c -> c.audience(audience);
            isRefused(signsIn(), 401, "does not hold");
        }
        muster.claims = c -> c.claim("azp", "evil");
        isRefused(signsIn(), 401, "does not hold");
        muster.claims =
                c ->
                        c.audience(List.of("evil", TestProvider.CLIENT))
                                .claim("azp", TestProvider.CLIENT);
        isLedTo(signsIn(), "/");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        linked();
        muster.claims = c -> c.issuer(other.issuer());
        isRefused(signsIn(), 401, "does not hold");
    }

    @Test
    void aTokenForAnotherSignInIsRefused() {
        linked();
        muster.claims = c -> c.claim("nonce", "another");
        isRefused(signsIn(), 401, "does not hold");
        muster.claims = c -> c.claim("nonce", null);
        isRefused(signsIn(), 401, "does not hold");
    }

    @Test
    void anExpiredTokenIsRefused() {
        linked();
        var now = live.clock.instant();
        muster.claims = c -> c.expirationTime(Date.from(now.minusSeconds(61)));
        isRefused(signsIn(), 401, "does not hold");
        muster.claims = c -> c.expirationTime(null);
        isRefused(signsIn(), 401, "does not hold");
        muster.claims = c -> c.expirationTime(Date.from(now.minusSeconds(59)));
        isLedTo(signsIn(), "/");
    }

    /// Also where the provider says that it does not sign, or signs by what we know too.
    @Test
    void aTokenThatTheProviderDidNotSignIsRefused() {
        linked();
        for (var signing : List.of(Signing.NOT, Signing.BY_ANOTHER_KEY, Signing.BY_OUR_SECRET)) {
            muster.signing = signing;
            isRefused(signsIn(), 401, "does not hold");
        }
        assertThat(signedIn()).isFalse();
    }

    @Test
    void aKeyThatTheProviderReplacedIsAskedFor() {
        linked();
        muster.replaceItsKey();
        isLedTo(signsIn(), "/");
    }

    @Test
    void aClientSecretThatOthersCanReadIsRefusedAndNotTold() throws IOException {
        linked();
        Files.setPosixFilePermissions(
                folder.resolve("client-secret"), PosixFilePermissions.fromString("rw-r--r--"));
        var answer = signsIn();
        isRefused(answer, 503, "its client secret cannot be read");
        assertThat(answer.body()).doesNotContain("chmod", folder.toString());
    }

    @Test
    void aTokenAboutNobodyIsRefused() {
        linked();
        for (String nobody : List.of("", " ", "x".repeat(256))) {
            muster.subject = nobody;
            isRefused(signsIn(), 401, "does not hold");
        }
    }

    @Test
    void anAnswerToAnotherBrowserIsRefused() {
        linked();
        String answer = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        try (var victim = new Visitor(live.server.url())) {
            isRefused(victim.get(answer), 401, "begun in another browser");
            assertThat(victim.session()).isEmpty();
        }
        isRefused(visitor.get(answer), 401, "answered already");
        var before = leaves("/sign-in/oidc", MUSTER);
        leaves("/sign-in/oidc", MUSTER);
        isRefused(visitor.get(muster.agrees(before)), 401, "begun in another browser");
    }

    @Test
    void anAnswerIsGoodOnceAndForTenMinutes() {
        linked();
        var cookies = Map.copyOf(visitor.cookies);
        String answer = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        var away = Map.copyOf(visitor.cookies);
        assertThat(away.size()).isEqualTo(cookies.size() + 1);
        isLedTo(visitor.get(answer), "/");
        visitor.form("/sign-out");
        visitor.cookies.putAll(away);
        isRefused(visitor.get(answer), 401, "answered already");
        String late = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        live.clock.advance(Duration.ofMinutes(10));
        isRefused(visitor.get(late), 401, "too late");
    }

    @Test
    void aCodeThatWasUsedAlreadyIsRefused() {
        linked();
        String first = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        isLedTo(visitor.get(first), "/");
        visitor.form("/sign-out");
        String second = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        String replayed = second.replaceFirst("code=code-[0-9]+", code(first));
        isRefused(visitor.get(replayed), 401, "does not hold");
        assertThat(signedIn()).isFalse();
    }

    private static String code(String path) {
        return path.substring(path.indexOf("code="), path.indexOf('&'));
    }

    /// PKCE: a code that was given for another sign-in fits no other.
    @Test
    void aCodeOfAnotherSignInIsRefused() {
        linked();
        String stolen = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        try (var thief = new Visitor(live.server.url())) {
            var mine = visitor;
            visitor = thief;
            String own = muster.agrees(leaves("/sign-in/oidc", MUSTER));
            isRefused(
                    thief.get(own.replaceFirst("code=code-[0-9]+", code(stolen))),
                    401,
                    "does not hold");
            visitor = mine;
        }
    }

    @Test
    void anAnswerOfAnotherOrganisationIsRefused() {
        linked();
        String answer = other.agrees(leaves("/sign-in/oidc", MUSTER));
        isRefused(visitor.get(answer), 401, "no answer of " + MUSTER);
        String silent = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        isRefused(
                visitor.get(silent.substring(0, silent.indexOf("&iss="))),
                401,
                "no answer of " + MUSTER);
    }

    @Test
    void besideOthersAnOrganisationWhoseAnswersDoNotSayWhoseTheyAreIsNotAsked() {
        other.namesItself = false;
        isRefused(
                visitor.form("/sign-in/oidc", "organisation", OTHER),
                503,
                "has to be the only one");
    }

    @Test
    void anOrganisationThatDoesNotAgreeIsSaidSo() {
        var page = leaves("/sign-in/oidc", MUSTER);
        var asked = TestProvider.parameters(page.getRawQuery());
        isRefused(
                visitor.get(
                        "/sign-in/oidc/callback?error=access_denied&error_description=%3Cb%3E&state="
                                + asked.get("state")
                                + "&iss="
                                + muster.issuer()),
                401,
                MUSTER + " did not say who you are: access_denied");
    }

    @Test
    void aProviderThatIsDownIsSaidSoAndTheRestWorks() {
        linked();
        String answer = muster.agrees(leaves("/sign-in/oidc", MUSTER));
        muster.close();
        isRefused(visitor.get(answer), 503, "cannot be reached now");
        assertThat(visitor.get("/sign-in").body()).contains("Sign in with " + MUSTER);
        live.clock.advance(Duration.ofHours(1));
        isRefused(
                visitor.form("/sign-in/oidc", "organisation", MUSTER),
                503,
                "cannot be reached now");
        byLink();
        assertThat(signedIn()).isTrue();
        assertThat(visitor.passkey("/account/passkeys", device(), "label", "x").statusCode())
                .isEqualTo(200);
    }

    private Device device() {
        return new Device(live.server.url().toString());
    }

    @Test
    void aProviderThatCallsItselfSomethingElseIsNotAsked() {
        muster.announced = Map.of("issuer", "https://evil.example");
        isRefused(visitor.form("/sign-in/oidc", "organisation", MUSTER), 503, "it calls itself");
    }

    @Test
    void aProviderThatLeadsOutOfTheSafeIsNotAsked() {
        for (String endpoint : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
            muster.announced = Map.of(endpoint, "http://example.org/x");
            isRefused(visitor.form("/sign-in/oidc", "organisation", MUSTER), 503, "is not https");
        }
    }

    @Test
    void aFormOfAnotherSiteBeginsNothing() {
        byLink();
        visitor.site = "cross-site";
        for (String form :
                List.of(
                        "/sign-in/oidc",
                        "/join/oidc",
                        "/step-up/oidc",
                        "/account/identities/link")) {
            assertThat(visitor.form(form, "organisation", MUSTER).statusCode())
                    .as(form)
                    .isEqualTo(403);
        }
    }

    /// What one person began another does not finish, in the same browser either.
    @Test
    void whoSignedInMeanwhileGetsNobodysAccountLinked() {
        byLink();
        String answer = muster.agrees(leaves("/account/identities/link", MUSTER));
        visitor.form("/sign-out");
        isRefused(visitor.get(answer), 401, "no longer signed in");
        isRefused(signsIn(), 401, "ask for an invitation");
    }

    @Test
    void linkingWantsAFreshProof() {
        byLink();
        live.clock.advance(Duration.ofMinutes(5));
        assertThat(
                        visitor.form("/account/identities/link", "organisation", MUSTER)
                                .headers()
                                .firstValue("Location")
                                .orElse(""))
                .startsWith("/step-up");
    }

    @Test
    void whoReachedUsByAnotherNameIsToldWhichOneIsRight() throws Exception {
        var answer =
                live.sent(
                        live.to("/sign-in/oidc")
                                .header("Accept", "text/html")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("organisation=Muster+GmbH")));
        isRefused(answer, 401, "open this server there");
    }

    @Test
    void theLogAloneBringsLinksBack() throws Exception {
        linked();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:"
                                        + folder.resolve("data").resolve(DataDirectory.STORE));
                var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 5000");
            assertThat(statement.executeUpdate("delete from linked_identity")).isPositive();
        }
        isRefused(signsIn(), 401, "ask for an invitation");
        assertThat(LiveServer.json(live.post("/api/v1/admin/verify", "")).path("problems"))
                .isNotEmpty();
        assertThat(live.post("/api/v1/admin/rebuild", "{\"fromStart\":true}").statusCode())
                .isEqualTo(200);
        assertThat(LiveServer.json(live.post("/api/v1/admin/verify", "")).path("problems"))
                .isEmpty();
        isLedTo(signsIn(), "/");
    }
}
