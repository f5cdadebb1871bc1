package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.server.access.Invitations;
import aramaki.server.access.People;
import aramaki.server.access.Person;
import aramaki.server.access.Proof;
import aramaki.server.api.Wishes;
import aramaki.server.http.Exchange;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.web.view.JoinView;
import aramaki.server.web.view.Pages;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/join`: what an invitation leads to. Looking at it uses nothing up.
final class JoinPage {
    private final Proving proving;
    private final Invitations invitations;
    private final People people;
    private final Views views;
    private final Pages pages;

    /// What a script sends before a device is asked.
    public record Wanted(@Nullable String code, @Nullable String label) implements Json.Whole {}

    JoinPage(Proving proving, Invitations invitations, People people, Views views, Pages pages) {
        this.proving = proving;
        this.invitations = invitations;
        this.people = people;
        this.views = views;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.open(Route.Method.GET, "/join", "Shows an invitation.", this::show),
                Route.open(
                        Route.Method.POST, "/join", "Joins with a password.", this::withPassword),
                Route.open(
                        Route.Method.POST,
                        "/join/passkey/options",
                        "Begins to join with a passkey.",
                        this::beginPasskey),
                Route.open(
                        Route.Method.POST,
                        "/join/passkey",
                        "Joins with a passkey.",
                        this::finishPasskey));
    }

    private void show(Exchange exchange) {
        exchange.html(200, page(exchange, exchange.query("code").orElse(""), ""));
    }

    private String page(Exchange exchange, String code, String problem) {
        var invitation = invitations.require(code);
        return pages.join(
                new JoinView(
                        views.stranger("You are invited"),
                        views.instance(),
                        people.byId(invitation.by()).map(JoinPage::named).orElse(""),
                        invitation.name(),
                        invitation.title(),
                        views.clock(invitation.expiresAt()).absolute(),
                        Wishes.words(invitation),
                        code,
                        Proving.browser(exchange),
                        problem,
                        Proving.hindrance(exchange),
                        proving.organisations().names()));
    }

    private static String named(Person person) {
        return person.title().isEmpty() ? person.name() : person.title();
    }

    private void withPassword(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        String code = Proving.field(exchange, "code");
        var invitation = invitations.require(code);
        String form;
        try {
            form = proving.passwords().made(invitation.name(), Proving.field(exchange, "password"));
        } catch (Refusal e) {
            exchange.html(400, page(exchange, code, e.text()));
            return;
        }
        var person =
                invitations.accept(
                        code,
                        invitations.newPersonId(),
                        (tx, joined) -> {
                            proving.passwords().set(tx, joined.caller(), form);
                            return joined;
                        });
        proving.open(exchange, person.id(), Proof.PASSWORD);
        exchange.context().redirect("/account", HttpStatus.SEE_OTHER);
    }

    private void beginPasskey(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        var wanted = exchange.body(Wanted.class);
        var invitation = invitations.require(Optional.ofNullable(wanted.code()).orElse(""));
        Proving.begun(
                exchange,
                proving.passkeys()
                        .beginAdding(
                                Proving.site(exchange),
                                invitations.newPersonId(),
                                invitation.name(),
                                invitation.title()));
    }

    private void finishPasskey(Exchange exchange) {
        Sessions.refuseForeignOrigin(exchange.context());
        var said = exchange.body(Proving.Answered.class);
        String code = Optional.ofNullable(said.code()).orElse("");
        invitations.require(code);
        var passkey =
                proving.passkeys()
                        .made(
                                Proving.site(exchange),
                                said.ceremony(),
                                said.credential(),
                                Optional.ofNullable(said.label()).orElse(""));
        invitations.accept(
                code,
                passkey.person(),
                (tx, joined) -> {
                    proving.passkeys().add(tx, joined.caller(), passkey);
                    return joined;
                });
        proving.open(exchange, passkey.person(), Proof.PASSKEY);
        Proving.next(exchange, "/");
    }
}
