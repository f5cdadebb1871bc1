package aramaki.server.api;

import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.GrantAnswers.Explained;
import aramaki.server.api.GrantAnswers.GrantItem;
import aramaki.server.api.GrantAnswers.NewGrant;
import aramaki.server.grant.Grants;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.Systems;
import java.time.InstantSource;
import java.util.List;

/// Grants over HTTP: who may do what, until when, why, and taking it away.
public final class GrantApi {
    private final Grants grants;
    private final KnownGrants known;
    private final Wishes wishes;
    private final InstantSource clock;

    public GrantApi(Grants grants, KnownGrants known, Wishes wishes, InstantSource clock) {
        this.grants = grants;
        this.known = known;
        this.wishes = wishes;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/grants",
                        Need.SOMEONE,
                        "Grants that you hold, gave, or may take away; `all=true` with those that"
                                + " ended.",
                        GrantItem.class,
                        this::list),
                Route.post(
                        "/api/v1/grants",
                        Need.SOMEONE,
                        "Gives a grant, within what you hold yourself.",
                        NewGrant.class,
                        GrantItem.class,
                        this::give),
                Route.get(
                        "/api/v1/grants/{grant}",
                        Need.SOMEONE,
                        "One grant.",
                        GrantItem.class,
                        this::show),
                Route.post(
                        "/api/v1/grants/{grant}/revoke",
                        Need.SOMEONE,
                        "Takes a grant away, and everything that was passed on from it.",
                        GrantAnswers.Reason.class,
                        GrantItem[].class,
                        this::revoke),
                Route.post(
                        "/api/v1/grants/{grant}/invoke",
                        Need.SOMEONE,
                        "Wakes an emergency grant of yours for an hour, for everybody to see.",
                        GrantAnswers.Reason.class,
                        GrantItem.class,
                        this::invoke),
                Route.get(
                        "/api/v1/permissions",
                        Need.SOMEONE,
                        "Why `person` (you) may or may not do `verb` to `system`, in one sentence.",
                        Explained.class,
                        this::explain));
    }

    private void list(Exchange exchange) {
        boolean ended = exchange.query("all").filter("true"::equals).isPresent();
        var wanted =
                known.visible(
                                exchange,
                                exchange.query("holder"),
                                exchange.query("system").map(SystemName::new))
                        .filter(g -> ended || g.alive(clock.instant()))
                        .limit(exchange.limit())
                        .toList();
        exchange.json(new Items<>(known.items(exchange, wanted), null));
    }

    private void show(Exchange exchange) {
        exchange.json(known.item(exchange, known.require(exchange)));
    }

    private void give(Exchange exchange) {
        var wish = wishes.read(exchange.body(NewGrant.class));
        if (lastsBeyond(wish)) {
            exchange.requireFresh();
        }
        exchange.json(201, known.item(exchange, grants.give(KnownGrants.asker(exchange), wish)));
    }

    /// Whether its holder could let others in, who then stay when what gave it is long revoked.
    private static boolean lastsBeyond(Grants.Wish wish) {
        var verbs = wish.terms().verbs();
        return verbs.contains(Verb.ADMIN) || verbs.contains(Verb.GRANT) || wish.terms().depth() > 0;
    }

    private void revoke(Exchange exchange) {
        var grant = known.require(exchange);
        String reason = exchange.body(GrantAnswers.Reason.class).reason();
        var ended = grants.revoke(KnownGrants.asker(exchange), grant, reason);
        exchange.json(
                new Items<>(
                        ended.stream()
                                .map(g -> known.item(exchange, g.ended(clock.instant())))
                                .toList(),
                        null));
    }

    private void invoke(Exchange exchange) {
        var grant = known.require(exchange);
        String reason = exchange.body(GrantAnswers.Reason.class).reason();
        exchange.json(
                known.item(exchange, grants.invoke(KnownGrants.asker(exchange), grant, reason)));
    }

    private void explain(Exchange exchange) {
        exchange.json(
                known.explain(
                        exchange,
                        exchange.query("person"),
                        Verb.ofWord(exchange.query("verb").orElse(Verb.READ.word())),
                        exchange.query("system").orElse(Systems.INSTANCE.value())));
    }
}
