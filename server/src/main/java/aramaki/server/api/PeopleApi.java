package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.server.access.Access;
import aramaki.server.access.AccessStore.Credential;
import aramaki.server.access.Caller;
import aramaki.server.access.Invitation;
import aramaki.server.access.Invitations;
import aramaki.server.access.Passwords;
import aramaki.server.access.People;
import aramaki.server.access.Person;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.PeopleAnswers.InvitationItem;
import aramaki.server.api.PeopleAnswers.InvitationMade;
import aramaki.server.api.PeopleAnswers.NewInvitation;
import aramaki.server.api.PeopleAnswers.NewToken;
import aramaki.server.api.PeopleAnswers.PersonItem;
import aramaki.server.api.PeopleAnswers.TokenItem;
import aramaki.server.api.PeopleAnswers.TokenMade;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.oidc.Organisations;
import aramaki.server.passkey.Passkeys;
import aramaki.server.system.files.Durations;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// People, invitations and tokens over HTTP.
public final class PeopleApi {
    private final Access access;
    private final People people;
    private final Invitations invitations;
    private final Passwords passwords;
    private final Passkeys passkeys;
    private final Organisations organisations;
    private final Wishes wishes;
    private final Supplier<URI> url;

    public PeopleApi(
            Access access,
            People people,
            Invitations invitations,
            Passwords passwords,
            Passkeys passkeys,
            Organisations organisations,
            Wishes wishes,
            Supplier<URI> url) {
        this.access = access;
        this.people = people;
        this.invitations = invitations;
        this.passwords = passwords;
        this.passkeys = passkeys;
        this.organisations = organisations;
        this.wishes = wishes;
        this.url = url;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/people",
                        Need.onInstance(Verb.READ),
                        "Everybody.",
                        PersonItem.class,
                        this::list),
                Route.get(
                        "/api/v1/people/{name}",
                        Need.onInstance(Verb.READ),
                        "One person.",
                        PersonItem.class,
                        this::show),
                Route.post(
                        "/api/v1/people/{name}/disable",
                        Need.onInstance(Verb.ADMIN),
                        "Shuts somebody out: sessions, links and tokens of theirs end at once.",
                        Answers.Reason.class,
                        PersonItem.class,
                        this::disable),
                Route.post(
                        "/api/v1/people/{name}/enable",
                        Need.onInstance(Verb.ADMIN),
                        "Lets somebody in again.",
                        null,
                        PersonItem.class,
                        this::enable),
                Route.post(
                        "/api/v1/invitations",
                        Need.onInstance(Verb.ADMIN),
                        "Invites somebody: a link by which they join, once.",
                        NewInvitation.class,
                        InvitationMade.class,
                        this::invite),
                Route.list(
                        "/api/v1/invitations",
                        Need.onInstance(Verb.ADMIN),
                        "Invitations that can be used still.",
                        InvitationItem.class,
                        this::invited),
                new Route(
                        Route.Method.DELETE,
                        "/api/v1/invitations/{id}",
                        Need.onInstance(Verb.ADMIN),
                        "Takes an invitation back.",
                        null,
                        null,
                        this::withdraw),
                Route.list(
                        "/api/v1/tokens",
                        Need.ONESELF,
                        "Your tokens.",
                        TokenItem.class,
                        this::tokens),
                Route.post(
                        "/api/v1/tokens",
                        Need.ONESELF,
                        "Makes a token for a program of yours.",
                        NewToken.class,
                        TokenMade.class,
                        this::newToken),
                new Route(
                        Route.Method.DELETE,
                        "/api/v1/tokens/{id}",
                        Need.ONESELF,
                        "Revokes a token of yours.",
                        null,
                        null,
                        this::revoke));
    }

    private void list(Exchange exchange) {
        exchange.json(new Items<>(people.all().stream().map(this::item).toList(), null));
    }

    private void show(Exchange exchange) {
        answer(exchange);
    }

    private void answer(Exchange exchange) {
        exchange.json(item(people.require(exchange.path("name"))));
    }

    private PersonItem item(Person person) {
        return new PersonItem(
                person.id(),
                person.name(),
                person.title(),
                person.role(),
                person.disabled() ? "disabled" : "here",
                person.since(),
                person.seenAt().isAfter(Instant.EPOCH) ? person.seenAt() : null,
                passkeys.of(person.id()).size(),
                organisations.of(person.id()).size(),
                passwords.has(person.id()),
                passwords.codesLeft(person.id()),
                access.sessions(person.id()).size(),
                access.tokens(person.id()).size());
    }

    private void disable(Exchange exchange) {
        exchange.requireFresh();
        String reason =
                Optional.ofNullable(exchange.body(Answers.Reason.class).reason()).orElse("");
        people.disable(exchange.caller(), exchange.path("name"), reason);
        answer(exchange);
    }

    private void enable(Exchange exchange) {
        exchange.requireFresh();
        people.enable(exchange.caller(), exchange.path("name"));
        answer(exchange);
    }

    private void invite(Exchange exchange) {
        exchange.requireFresh();
        var body = exchange.body(NewInvitation.class);
        var made =
                invitations.invite(
                        exchange.caller(),
                        body.name(),
                        Optional.ofNullable(body.title()).orElse(""),
                        wishes.waiting(
                                exchange.signedIn(),
                                Optional.ofNullable(body.grants()).orElse(List.of())),
                        duration(Optional.ofNullable(body.expiresIn()).orElse("24h")));
        exchange.json(
                201,
                new InvitationMade(
                        made.invitation().id(),
                        made.invitation().name(),
                        url.get().resolve("/join?code=" + made.secret()).toString(),
                        made.invitation().expiresAt()));
    }

    private void invited(Exchange exchange) {
        exchange.json(new Items<>(invitations.open().stream().map(PeopleApi::item).toList(), null));
    }

    private static InvitationItem item(Invitation invitation) {
        return new InvitationItem(
                invitation.id(),
                invitation.name(),
                invitation.title(),
                Wishes.words(invitation),
                invitation.expiresAt());
    }

    private void withdraw(Exchange exchange) {
        invitations.withdraw(exchange.caller(), exchange.path("id"));
        exchange.context().status(204);
    }

    private void tokens(Exchange exchange) {
        exchange.json(
                new Items<>(
                        access.tokens(exchange.caller().person()).stream()
                                .map(PeopleApi::item)
                                .toList(),
                        null));
    }

    private static TokenItem item(Credential token) {
        return new TokenItem(
                token.id(),
                token.label(),
                holder(token),
                token.createdAt(),
                token.usedAt().isAfter(token.createdAt()) ? token.usedAt() : null,
                token.expiresAt());
    }

    private static @Nullable String holder(Credential token) {
        return token.ownGrants() ? token.holder() : null;
    }

    private void newToken(Exchange exchange) {
        exchange.requireFresh();
        var body = exchange.body(NewToken.class);
        var made = newToken(exchange.caller(), body);
        exchange.json(
                201,
                new TokenMade(
                        made.token().id(),
                        made.token().label(),
                        holder(made.token()),
                        made.secret(),
                        made.token().expiresAt()));
    }

    private Access.NewToken newToken(Caller caller, NewToken said) {
        String name = said.name().strip();
        var valid = duration(said.expiresIn());
        var own = said.grants();
        return own == null
                ? access.newToken(caller, name, valid)
                : access.newNarrowToken(
                        caller, name, valid, (tx, holder) -> wishes.give(tx, caller, holder, own));
    }

    private void revoke(Exchange exchange) {
        access.revokeToken(exchange.caller(), exchange.caller(), exchange.path("id"));
        exchange.context().status(204);
    }

    private static Duration duration(String text) {
        return Durations.parse(text)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-expiry",
                                        "expiresIn \"" + text + "\": write a duration like 24h"));
    }
}
