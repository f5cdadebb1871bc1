package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.server.access.Invitations;
import aramaki.server.access.Proof;
import aramaki.server.http.Back;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.oidc.Organisations;
import aramaki.server.oidc.Proven;
import aramaki.server.oidc.Purpose;
import aramaki.server.web.view.LeavingView;
import aramaki.server.web.view.Pages;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;

/// `/sign-in/oidc`: the way to an organisation's own sign-in and back, whatever somebody goes there
/// for.
final class OrganisationPage {
    private final Proving proving;
    private final Invitations invitations;
    private final SignInPage signIn;
    private final Views views;
    private final Pages pages;

    OrganisationPage(
            Proving proving, Invitations invitations, SignInPage signIn, Views views, Pages pages) {
        this.proving = proving;
        this.invitations = invitations;
        this.signIn = signIn;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.open(
                        Route.Method.POST,
                        "/sign-in/oidc",
                        "Begins to sign in at an organisation.",
                        this::signIn),
                Route.open(
                        Route.Method.GET,
                        Organisations.CALLBACK,
                        "Where an organisation sends people back to.",
                        this::comeBack),
                Route.open(
                        Route.Method.POST,
                        "/join/oidc",
                        "Begins to join by an organisation.",
                        this::join),
                Route.form(
                        "/step-up/oidc",
                        Need.ONESELF,
                        "Begins to prove it at an organisation.",
                        this::stepUp),
                Route.form(
                        "/account/identities/link",
                        Need.ONESELF,
                        "Begins to link an account at an organisation.",
                        this::link),
                Route.form(
                        "/account/identities/unlink", Need.ONESELF, "Unlinks one.", this::unlink));
    }

    private Organisations organisations() {
        return proving.organisations();
    }

    private void signIn(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        try {
            leave(exchange, new Purpose.SignIn(SignInPage.back(exchange)));
        } catch (Refusal e) {
            signIn.refuse(exchange, e);
        }
    }

    private void join(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        String code = Proving.field(exchange, "code");
        invitations.require(code);
        leave(exchange, new Purpose.Join(code));
    }

    private void stepUp(Exchange exchange) {
        leave(
                exchange,
                new Purpose.Prove(
                        exchange.caller().person(), Back.safe(Proving.field(exchange, "back"))));
    }

    private void link(Exchange exchange) {
        exchange.requireFresh();
        leave(exchange, new Purpose.Link(exchange.caller().person()));
    }

    private void unlink(Exchange exchange) {
        exchange.requireFresh();
        var caller = exchange.caller();
        organisations()
                .unlink(
                        caller,
                        caller,
                        Proving.field(exchange, "issuer"),
                        Proving.field(exchange, "subject"));
        exchange.context().redirect("/account", HttpStatus.SEE_OTHER);
    }

    /// A page that leads on by itself: a form of ours may lead to us only, also by a redirect.
    private void leave(Exchange exchange, Purpose purpose) {
        var context = exchange.context();
        String name = Proving.field(exchange, "organisation");
        var begun =
                organisations()
                        .begin(
                                name,
                                Optional.ofNullable(context.header("Host")).orElse(""),
                                purpose);
        proving.sessions().leave(context, begun.browser(), Organisations.VALID);
        context.header("Refresh", "0; url=" + begun.provider());
        exchange.html(
                200,
                pages.leaving(
                        new LeavingView(
                                views.stranger("On to " + name),
                                name,
                                begun.provider().toString())));
    }

    private void comeBack(Exchange exchange) {
        var context = exchange.context();
        String browser = proving.sessions().left(context);
        Organisations.Back back;
        try {
            back =
                    organisations()
                            .back(
                                    new Organisations.Answer(
                                            exchange.query("state").orElse(""),
                                            exchange.query("code").orElse(null),
                                            exchange.query("error").orElse(null),
                                            exchange.query("iss").orElse(null)),
                                    browser);
        } catch (Refusal e) {
            signIn.refuse(exchange, e);
            return;
        }
        switch (back.purpose()) {
            case Purpose.SignIn(var next) -> signedIn(exchange, back, next);
            case Purpose.Join(var code) -> joined(exchange, back.prove(), code);
            case Purpose.Link(var person) -> {
                requireSame(exchange, person);
                organisations().link(exchange.caller(), aboutOneself(back));
                context.redirect("/account", HttpStatus.SEE_OTHER);
            }
            case Purpose.Prove(var person, var next) -> {
                requireSame(exchange, person);
                var proven = aboutOneself(back);
                if (!organisations().person(proven).equals(person)) {
                    throw new Refusal(
                            Refusal.Reason.FORBIDDEN,
                            "identity-of-another",
                            "at " + proven.organisation().name() + " you are somebody else");
                }
                proving.proved(exchange, Proof.OIDC, proven.provedAt());
                context.redirect(next, HttpStatus.SEE_OTHER);
            }
        }
    }

    private void signedIn(Exchange exchange, Organisations.Back back, String next) {
        try {
            var proven = back.prove();
            proving.open(exchange, organisations().person(proven), Proof.OIDC, proven.provedAt());
        } catch (Refusal e) {
            signIn.refuse(exchange, e);
            return;
        }
        exchange.context().redirect(next, HttpStatus.SEE_OTHER);
    }

    private void joined(Exchange exchange, Proven proven, String code) {
        var person =
                invitations.accept(
                        code,
                        invitations.newPersonId(),
                        (tx, joined) -> {
                            organisations().link(tx, joined.caller(), proven);
                            return joined;
                        });
        proving.open(exchange, person.id(), Proof.OIDC, proven.provedAt());
        exchange.context().redirect("/", HttpStatus.SEE_OTHER);
    }

    /// Who is signed in stays so, whatever an organisation says.
    private static Proven aboutOneself(Organisations.Back back) {
        try {
            return back.prove();
        } catch (Refusal e) {
            throw e.reason() == Refusal.Reason.UNAUTHENTICATED
                    ? new Refusal(Refusal.Reason.FORBIDDEN, e.code(), e.text())
                    : e;
        }
    }

    /// Somebody else may have signed in here meanwhile.
    private static void requireSame(Exchange exchange, String person) {
        if (exchange.maybeCaller().filter(c -> c.person().equals(person)).isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.UNAUTHENTICATED,
                    "organisation-late",
                    "who began this is no longer signed in here");
        }
    }
}
