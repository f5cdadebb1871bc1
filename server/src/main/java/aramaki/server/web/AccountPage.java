package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.server.access.LinkedIdentity;
import aramaki.server.access.People;
import aramaki.server.access.Person;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.files.Durations;
import aramaki.server.web.view.AccountView;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/account`: what somebody has to sign in with, where they are signed in, and which programs act
/// for them. What gives a way in wants a fresh proof; what takes one away does not.
final class AccountPage {
    private final Proving proving;
    private final People people;
    private final Views views;
    private final PersonRows rows;
    private final Pages pages;

    /// What a script sends before a device is asked.
    public record Wanted(@Nullable String label) implements Json.Whole {}

    /// What is shown once, or why nothing was done.
    private record Said(String problem, List<String> codes, String token) {
        static final Said NOTHING = new Said("", List.of(), "");
    }

    AccountPage(Proving proving, People people, Views views, PersonRows rows, Pages pages) {
        this.proving = proving;
        this.people = people;
        this.views = views;
        this.rows = rows;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.page(
                        "/account",
                        Need.ONESELF,
                        "Your own account.",
                        e -> show(e, 200, Said.NOTHING)),
                Route.form(
                        "/account/passkeys/options",
                        Need.ONESELF,
                        "Begins to add a passkey.",
                        this::beginAdding),
                Route.form("/account/passkeys", Need.ONESELF, "Adds a passkey.", this::add),
                Route.form(
                        "/account/passkeys/remove",
                        Need.ONESELF,
                        "Removes a passkey.",
                        this::remove),
                Route.form(
                        "/account/password", Need.ONESELF, "Sets a password.", this::setPassword),
                Route.form(
                        "/account/password/remove",
                        Need.ONESELF,
                        "Removes it.",
                        this::removePassword),
                Route.form("/account/codes", Need.ONESELF, "Makes recovery codes.", this::newCodes),
                Route.form(
                        "/account/sessions/end", Need.ONESELF, "Ends a session.", this::endSession),
                Route.form(
                        "/account/sessions/end-all",
                        Need.ONESELF,
                        "Ends all sessions.",
                        this::endAll),
                Route.form("/account/tokens", Need.ONESELF, "Makes a token.", this::newToken),
                Route.form(
                        "/account/tokens/revoke",
                        Need.ONESELF,
                        "Revokes a token.",
                        this::revokeToken));
    }

    private void show(Exchange exchange, int status, Said said) {
        var moment = views.moment(exchange);
        var caller = exchange.caller();
        String id = caller.person();
        int codes = proving.passwords().codesLeft(id);
        exchange.html(
                status,
                pages.account(
                        new AccountView(
                                views.frame(
                                        moment,
                                        "Your account",
                                        Frame.Section.PEOPLE,
                                        "aramaki whoami"),
                                caller.name(),
                                people.byId(id).map(Person::title).orElse(""),
                                said.problem(),
                                said.codes(),
                                said.token(),
                                proving.passkeys().of(id).stream()
                                        .map(
                                                p ->
                                                        new AccountView.Key(
                                                                p.id(),
                                                                p.label(),
                                                                p.host(),
                                                                rows.ago(moment, p.addedAt()),
                                                                rows.ago(moment, p.usedAt())))
                                        .toList(),
                                Proving.hindrance(exchange),
                                Proving.browser(exchange),
                                proving.organisations().of(id).stream()
                                        .map(i -> identity(moment, i))
                                        .toList(),
                                proving.organisations().names(),
                                proving.passwords().has(id),
                                codes == 0
                                        ? "None. With them you get in when your devices are lost."
                                        : Views.count(codes, "code", "codes") + " left.",
                                rows.sessions(moment, id, exchange.session().credential()),
                                rows.tokens(moment, id))));
    }

    private AccountView.Identity identity(Moment moment, LinkedIdentity identity) {
        return new AccountView.Identity(
                identity.organisation(),
                identity.issuer(),
                identity.subject(),
                rows.ago(moment, identity.linkedAt()),
                rows.ago(moment, identity.usedAt()));
    }

    private void beginAdding(Exchange exchange) {
        exchange.requireFresh();
        var caller = exchange.caller();
        Proving.begun(
                exchange,
                proving.passkeys()
                        .beginAdding(
                                Proving.site(exchange),
                                caller.person(),
                                caller.name(),
                                people.byId(caller.person()).map(Person::title).orElse("")));
    }

    private void add(Exchange exchange) {
        exchange.requireFresh();
        var said = exchange.body(Proving.Answered.class);
        var passkey =
                proving.passkeys()
                        .made(
                                Proving.site(exchange),
                                said.ceremony(),
                                said.credential(),
                                Optional.ofNullable(said.label()).orElse(""));
        proving.passkeys().add(exchange.caller(), passkey);
        Proving.next(exchange, "/account");
    }

    private void remove(Exchange exchange) {
        exchange.requireFresh();
        var caller = exchange.caller();
        proving.passkeys().remove(caller, caller, Proving.field(exchange, "id"));
        back(exchange);
    }

    private void setPassword(Exchange exchange) {
        exchange.requireFresh();
        try {
            proving.passwords().set(exchange.caller(), Proving.field(exchange, "password"));
        } catch (Refusal e) {
            refuse(exchange, e);
            return;
        }
        back(exchange);
    }

    private void removePassword(Exchange exchange) {
        exchange.requireFresh();
        proving.passwords().remove(exchange.caller());
        back(exchange);
    }

    private void newCodes(Exchange exchange) {
        exchange.requireFresh();
        show(exchange, 200, new Said("", proving.passwords().newCodes(exchange.caller()), ""));
    }

    private void endSession(Exchange exchange) {
        String id = Proving.field(exchange, "id");
        proving.access().endSessions(exchange.caller().person(), s -> s.id().equals(id));
        back(exchange);
    }

    private void endAll(Exchange exchange) {
        proving.access().endSessions(exchange.caller().person(), _ -> true);
        exchange.context().redirect("/sign-in", HttpStatus.SEE_OTHER);
    }

    private void newToken(Exchange exchange) {
        exchange.requireFresh();
        try {
            var made =
                    proving.access()
                            .newToken(
                                    exchange.caller(),
                                    Proving.field(exchange, "label").strip(),
                                    duration(Proving.field(exchange, "expires")));
            show(exchange, 200, new Said("", List.of(), made.secret()));
        } catch (Refusal e) {
            refuse(exchange, e);
        }
    }

    static Duration duration(String text) {
        return Durations.parse(text.strip())
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-duration",
                                        "\"" + text + "\" is no duration: write 24h or 90d"));
    }

    private void revokeToken(Exchange exchange) {
        var caller = exchange.caller();
        proving.access().revokeToken(caller, caller, Proving.field(exchange, "id"));
        back(exchange);
    }

    private void refuse(Exchange exchange, Refusal refusal) {
        if (refusal.reason() == Refusal.Reason.UNAVAILABLE) {
            throw refusal;
        }
        show(exchange, 400, new Said(refusal.text(), List.of(), ""));
    }

    private static void back(Exchange exchange) {
        exchange.context().redirect("/account", HttpStatus.SEE_OTHER);
    }
}
