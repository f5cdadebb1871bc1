package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.server.access.Invitation;
import aramaki.server.access.Invitations;
import aramaki.server.access.People;
import aramaki.server.access.Person;
import aramaki.server.api.GrantAnswers.NewGrant;
import aramaki.server.api.Wishes;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.Systems;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.PeopleView;
import aramaki.server.web.view.PersonView;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/// `/people` and `/people/NAME`: who is here, how they sign in, and how they are let in and shut
/// out.
final class PeoplePage {
    private final Proving proving;
    private final People people;
    private final Invitations invitations;
    private final Wishes wishes;
    private final Supplier<URI> url;
    private final Views views;
    private final PersonRows rows;
    private final Pages pages;

    PeoplePage(
            Proving proving,
            People people,
            Invitations invitations,
            Wishes wishes,
            Supplier<URI> url,
            Views views,
            PersonRows rows,
            Pages pages) {
        this.proving = proving;
        this.people = people;
        this.invitations = invitations;
        this.wishes = wishes;
        this.url = url;
        this.views = views;
        this.rows = rows;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/people",
                        Need.onInstance(Verb.READ),
                        "Everybody.",
                        e -> list(e, 200, "", "")),
                Route.form(
                        "/people/invite",
                        Need.onInstance(Verb.ADMIN),
                        "Invites somebody.",
                        this::invite),
                Route.form(
                        "/people/uninvite",
                        Need.onInstance(Verb.ADMIN),
                        "Takes an invitation back.",
                        this::uninvite),
                Route.page(
                        "/people/{name}",
                        Need.onInstance(Verb.READ),
                        "One person.",
                        e -> show(e, 200, "")),
                Route.form(
                        "/people/{name}/disable",
                        Need.onInstance(Verb.ADMIN),
                        "Shuts somebody out.",
                        this::disable),
                Route.form(
                        "/people/{name}/enable",
                        Need.onInstance(Verb.ADMIN),
                        "Lets somebody in again.",
                        this::enable),
                Route.form(
                        "/people/{name}/sessions/end",
                        Need.onInstance(Verb.ADMIN),
                        "Ends a session.",
                        this::endSession),
                Route.form(
                        "/people/{name}/tokens/revoke",
                        Need.onInstance(Verb.ADMIN),
                        "Revokes a token.",
                        this::revokeToken));
    }

    private void list(Exchange exchange, int status, String problem, String link) {
        var moment = views.moment(exchange);
        var all = people.all();
        boolean manages = mayManage(exchange);
        exchange.html(
                status,
                pages.people(
                        new PeopleView(
                                views.frame(
                                        moment,
                                        "People",
                                        Frame.Section.PEOPLE,
                                        "aramaki person list"),
                                problem,
                                link,
                                all.stream().map(p -> rows.person(moment, p)).toList(),
                                invitations.open().stream().map(i -> open(moment, i, all)).toList(),
                                manages)));
    }

    private PeopleView.Open open(Moment moment, Invitation invitation, List<Person> all) {
        return new PeopleView.Open(
                invitation.id(),
                invitation.name(),
                invitation.title(),
                all.stream()
                        .filter(p -> p.id().equals(invitation.by()))
                        .map(Person::name)
                        .findFirst()
                        .orElse(""),
                Wishes.words(invitation),
                rows.ago(moment, invitation.expiresAt()));
    }

    private static boolean mayManage(Exchange exchange) {
        return exchange.may(Verb.ADMIN, Systems.INSTANCE);
    }

    private void invite(Exchange exchange) {
        exchange.requireFresh();
        try {
            var made =
                    invitations.invite(
                            exchange.caller(),
                            Proving.field(exchange, "name").strip(),
                            Proving.field(exchange, "title").strip(),
                            wishes.waiting(exchange.signedIn(), wanted(exchange)),
                            AccountPage.duration(Proving.field(exchange, "expires")));
            list(exchange, 200, "", url.get().resolve("/join?code=" + made.secret()).toString());
        } catch (Refusal e) {
            if (e.reason() == Refusal.Reason.UNAVAILABLE) {
                throw e;
            }
            list(exchange, 400, e.text(), "");
        }
    }

    private void uninvite(Exchange exchange) {
        invitations.withdraw(exchange.caller(), Proving.field(exchange, "id"));
        exchange.context().redirect("/people", HttpStatus.SEE_OTHER);
    }

    /// One grant, where systems or labels are named.
    private static List<NewGrant> wanted(Exchange exchange) {
        boolean none =
                Proving.field(exchange, "system").isBlank()
                        && Proving.field(exchange, "labels").isBlank();
        return none ? List.of() : List.of(GrantsPage.wanted(exchange));
    }

    private void show(Exchange exchange, int status, String problem) {
        var moment = views.moment(exchange);
        var person = people.require(exchange.path("name"));
        boolean manages = mayManage(exchange);
        exchange.html(
                status,
                pages.person(
                        new PersonView(
                                views.frame(
                                        moment,
                                        person.name(),
                                        Frame.Section.PEOPLE,
                                        "aramaki person show " + person.name()),
                                problem,
                                rows.person(moment, person),
                                rows.ago(moment, person.since()),
                                person.id().equals(exchange.caller().person()),
                                manages,
                                person.disabled(),
                                manages
                                        ? rows.sessions(
                                                moment,
                                                person.id(),
                                                exchange.session().credential())
                                        : List.of(),
                                manages ? rows.tokens(moment, person.id()) : List.of())));
    }

    private void disable(Exchange exchange) {
        exchange.requireFresh();
        try {
            people.disable(
                    exchange.caller(), exchange.path("name"), Proving.field(exchange, "reason"));
        } catch (Refusal e) {
            if (e.reason() != Refusal.Reason.CONFLICT) {
                throw e;
            }
            show(exchange, 409, e.text());
            return;
        }
        back(exchange);
    }

    private void enable(Exchange exchange) {
        exchange.requireFresh();
        people.enable(exchange.caller(), exchange.path("name"));
        back(exchange);
    }

    private void endSession(Exchange exchange) {
        String id = Proving.field(exchange, "id");
        proving.access()
                .endSessions(people.require(exchange.path("name")).id(), s -> s.id().equals(id));
        back(exchange);
    }

    private void revokeToken(Exchange exchange) {
        proving.access()
                .revokeToken(
                        exchange.caller(),
                        people.require(exchange.path("name")).caller(),
                        Proving.field(exchange, "id"));
        back(exchange);
    }

    private static void back(Exchange exchange) {
        exchange.context().redirect("/people/" + exchange.path("name"), HttpStatus.SEE_OTHER);
    }
}
