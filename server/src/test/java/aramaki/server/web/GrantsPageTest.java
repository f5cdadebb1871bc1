package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Giving, asking about, waking and revoking grants with a browser, over a real server.
class GrantsPageTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir private Path folder;
    private LiveServer live;
    private Visitor ada;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder);
        live.post("/api/v1/systems", "{\"name\":\"shop\"}");
        live.personNamed("bo");
        ada = new Visitor(live.server.url());
        signIn(ada);
    }

    @AfterEach
    void stop() {
        ada.close();
        live.close();
    }

    private void signIn(Visitor visitor) {
        var link = live.server.signInLink();
        visitor.get(link.getPath() + "?" + link.getQuery());
    }

    private String give(String... more) {
        var fields = new String[10 + more.length];
        var usual =
                new String[] {
                    "role",
                    "operator",
                    "system",
                    "shop",
                    "labels",
                    "",
                    "length",
                    "8h",
                    "reason",
                    "on call"
                };
        System.arraycopy(usual, 0, fields, 0, 10);
        System.arraycopy(more, 0, fields, 10, more.length);
        var answer = ada.form("/grants", fields);
        return answer.statusCode() == 303 ? "" : answer.body();
    }

    private String id() throws Exception {
        return live.get("/api/v1/grants?all=true").path("items").path(0).path("id").asText();
    }

    @Test
    void aGrantIsGivenSeenAskedAboutAndRevokedInOneClick() throws Exception {
        assertThat(give("holder", "bo")).isEmpty();
        assertThat(ada.get("/grants").body()).contains("operator", "by owner: on call", "/s/shop");
        assertThat(ada.get("/grants?person=bo&verb=ack&system=shop").body())
                .contains("bo may ack shop until", "owner gave the role operator");
        assertThat(ada.get("/grants?person=bo&verb=edit&system=shop").body())
                .contains("bo may not edit shop");
        assertThat(ada.get("/grants?person=bo&verb=fly&system=shop").body())
                .contains("there is no verb");
        assertThat(ada.form("/grants/" + id() + "/revoke").statusCode()).isEqualTo(303);
        assertThat(ada.get("/grants").body()).contains("revoked");
        assertThat(ada.form("/grants/" + id() + "/revoke").statusCode()).isEqualTo(409);
    }

    @Test
    void whatMakesNoSenseIsSaidOnThePage() {
        assertThat(give("holder", "nobody")).contains("nobody");
        assertThat(give("holder", "bo", "length", "8h")).isEmpty();
        assertThat(
                        ada.form(
                                        "/grants",
                                        "holder",
                                        "bo",
                                        "role",
                                        "operator",
                                        "system",
                                        "",
                                        "labels",
                                        "",
                                        "length",
                                        "8h",
                                        "reason",
                                        "x")
                                .body())
                .contains("names systems, labels");
    }

    @Test
    void givingWantsAFreshProofAndTakingAwayDoesNot() throws Exception {
        assertThat(give("holder", "bo")).isEmpty();
        live.clock.advance(Duration.ofMinutes(6));
        var answer =
                ada.form(
                        "/grants", "holder", "bo", "role", "viewer", "system", "shop", "labels", "",
                        "length", "8h", "reason", "x");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElse("")).contains("/step-up");
        assertThat(ada.form("/grants/" + id() + "/revoke").headers().firstValue("Location"))
                .hasValue("/grants");
    }

    @Test
    void anEmergencyIsOnEveryPage() throws Exception {
        assertThat(give("holder", "bo", "emergency", "1")).isEmpty();
        assertThat(ada.get("/").body()).doesNotContain("woke emergency rights");
        String bo = live.server.access().newToken(live.server.people().require("bo").caller(), "t");
        var woken =
                live.sent(
                        live.as(bo, "/api/v1/grants/" + id() + "/invoke")
                                .POST(
                                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                                "{\"reason\":\"the shop burns\"}")));
        assertThat(woken.statusCode()).as(woken.body()).isEqualTo(200);
        for (String page : new String[] {"/", "/alerts", "/s/shop"}) {
            assertThat(ada.get(page).body()).contains("bo woke emergency rights on shop, until");
        }
        assertThat(ada.get("/timeline?q=the%20shop%20burns").body()).contains("the shop burns");
    }

    @Test
    void anInvitationCarriesAGrantFromThePageOfPeople() {
        var answer =
                ada.form(
                        "/people/invite",
                        "name",
                        "dee",
                        "title",
                        "",
                        "expires",
                        "24h",
                        "role",
                        "viewer",
                        "system",
                        "shop",
                        "labels",
                        "",
                        "length",
                        "8h",
                        "reason",
                        "a visitor");
        assertThat(answer.body()).contains("shown once", "viewer on shop for 8h: a visitor");
        String code = answer.body().split("/join\\?code=", 2)[1].split("[<\"]", 2)[0];
        try (var dee = new Visitor(live.server.url())) {
            assertThat(dee.get("/join?code=" + code).body()).contains("viewer on shop for 8h");
            assertThat(dee.form("/join", "code", code, "password", PASSWORD).statusCode())
                    .isEqualTo(303);
            assertThat(dee.get("/s/shop").statusCode()).isEqualTo(200);
            assertThat(dee.get("/grants").body()).contains("a visitor");
            live.clock.advance(Duration.ofHours(8));
            assertThat(dee.get("/s/shop").statusCode()).isIn(401, 404);
        }
    }
}
