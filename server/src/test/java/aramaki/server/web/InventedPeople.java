package aramaki.server.web;

import aramaki.server.web.view.AccountView;
import aramaki.server.web.view.AuditView;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.JoinView;
import aramaki.server.web.view.LeavingView;
import aramaki.server.web.view.PeopleView;
import aramaki.server.web.view.PersonRow;
import aramaki.server.web.view.PersonView;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.SessionRow;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StepUpView;
import aramaki.server.web.view.TokenRow;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.util.List;

/// Invented people, with whatever somebody may have written into each of their fields.
final class InventedPeople {
    private static final When LATELY = InventedRows.ago(Duration.ofMinutes(3));
    private static final When LONG_AGO = InventedRows.ago(Duration.ofDays(80));

    private InventedPeople() {}

    private static Frame frame(String title) {
        return InventedRows.frame(title, Frame.Section.PEOPLE, 2, "aramaki person list");
    }

    private static PersonRow person(String words) {
        return new PersonRow(
                StateBadge.here(), "ada", words, "owner", "2 passkeys, a password", "2", LATELY);
    }

    private static List<SessionRow> sessions(String words) {
        return List.of(
                new SessionRow("0a1b", words, "a passkey", LATELY, LATELY, "192.0.2.7", true),
                new SessionRow(
                        "2c3d", "Firefox on Android", "a link", LONG_AGO, LATELY, "", false));
    }

    private static List<TokenRow> tokens(String words) {
        return List.of(new TokenRow("4e5f", words, LONG_AGO, When.NEVER, words, LATELY));
    }

    static PeopleView people(String words) {
        return new PeopleView(
                frame("People"),
                words,
                "http://localhost:8700/join?code=k3jd",
                List.of(
                        person(words),
                        new PersonRow(
                                StateBadge.shutOut(),
                                "bo",
                                "",
                                "member",
                                "one-time links only",
                                "0",
                                When.NEVER)),
                List.of(
                        new PeopleView.Open(
                                "n_k3jdm2uzq5x7c4ta",
                                "chris",
                                words,
                                "ada",
                                List.of("operator on shop for 8h: " + words),
                                LATELY)),
                true);
    }

    static PersonView person(String words, boolean disabled) {
        return new PersonView(
                frame("ada"),
                words,
                person(words),
                LONG_AGO,
                false,
                true,
                disabled,
                disabled ? List.of() : sessions(words),
                disabled ? List.of() : tokens(words));
    }

    static AccountView account(String words) {
        return new AccountView(
                frame("Your account"),
                "ada",
                words,
                words,
                List.of("abcd-efgh-ijkl-mnop"),
                "k3jd",
                List.of(new AccountView.Key("a2V5", words, "localhost", LONG_AGO, LATELY)),
                "",
                words,
                List.of(
                        new AccountView.Identity(
                                words, "https://login.example.org", words, LONG_AGO, LATELY)),
                List.of(words),
                true,
                "9 codes left.",
                sessions(words),
                tokens(words));
    }

    static AuditView audit(String words, boolean looks) {
        return new AuditView(
                InventedRows.frame("Audit", Frame.Section.PEOPLE, 2, "aramaki audit list"),
                new Filter(
                        looks ? "kind:looks " + words : words,
                        words,
                        List.of(new Place("kind:looks", "/audit?q=kind%3Alooks"))),
                looks,
                List.of(
                        new AuditView.Row(
                                LATELY,
                                looks ? "12 times" : "",
                                new Place("ada", "/people/ada"),
                                new Place(words, "/s/shop"),
                                looks ? "" : "POST /api/v1/systems/{system}/notes",
                                new Place("shop", "/s/shop"),
                                "2001:db8:1f2a:77::42",
                                "9c2c1e07b4d85a66",
                                new Place("9f2c1e07", "/events/" + InventedRows.HASH)),
                        new AuditView.Row(
                                LONG_AGO,
                                "",
                                Place.nowhere("p_k3jdm2uzq5x7c4ta"),
                                Place.nowhere(words),
                                looks ? "refused: 403" : "",
                                Place.nowhere(""),
                                "",
                                "",
                                Place.nowhere(""))),
                "/audit?q=&before=812",
                "/audit?q=",
                "/audit?q=kind%3Alooks");
    }

    static JoinView join(String words) {
        return new JoinView(
                Frame.stranger("You are invited", "kontor", LATELY),
                words,
                words,
                "bo",
                words,
                "2026-11-23 03:00:00 UTC",
                List.of(words),
                "k3jd",
                words,
                words,
                "",
                List.of(words));
    }

    static LeavingView leaving(String words) {
        return new LeavingView(
                Frame.stranger("On to " + words, "kontor", LATELY),
                words,
                "https://login.example.org/auth?state=k3jd");
    }

    static StepUpView stepUp(String words) {
        return new StepUpView(
                frame("Is it you?"),
                words,
                words,
                true,
                "",
                true,
                List.of(words),
                "aramaki login --link");
    }
}
