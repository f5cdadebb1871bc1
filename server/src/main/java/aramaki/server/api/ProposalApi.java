package aramaki.server.api;

import aramaki.model.grant.Verb;
import aramaki.model.observation.Probing;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.Answers.LookedAround;
import aramaki.server.api.Answers.ProposalChoice;
import aramaki.server.api.Answers.ProposalItem;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.proposal.Offer;
import aramaki.server.proposal.Proposals;
import aramaki.server.sight.Sight;
import aramaki.server.ws.AgentHub;
import java.util.Collection;
import java.util.List;

/// Checks that agents propose, over HTTP.
public final class ProposalApi {
    private final Proposals proposals;
    private final AgentHub hub;

    public ProposalApi(Proposals proposals, AgentHub hub) {
        this.proposals = proposals;
        this.hub = hub;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/proposals",
                        Need.SOMEONE,
                        "Checks that agents propose for what they found, by system and name.",
                        ProposalItem.class,
                        this::list),
                Route.post(
                        "/api/v1/proposals/accept",
                        Need.onNamed(Verb.EDIT),
                        "Writes proposed checks, named SYSTEM/NAME, into their systems' documents.",
                        ProposalChoice.class,
                        ProposalItem[].class,
                        this::accept),
                Route.post(
                        "/api/v1/proposals/leave",
                        Need.onNamed(Verb.EDIT),
                        "Leaves proposals, named SYSTEM/NAME, until what they are based on changes.",
                        ProposalChoice.class,
                        ProposalItem[].class,
                        this::leave),
                Route.post(
                        "/api/v1/proposals/look-around",
                        Need.onInstance(Verb.AGENT),
                        "Asks every connected agent to look at its host now.",
                        null,
                        LookedAround.class,
                        exchange -> exchange.json(new LookedAround(hub.lookAround()))));
    }

    private void list(Exchange exchange) {
        var open = exchange.query("system").map(SystemName::new).map(proposals::open);
        var sight = Sight.current();
        var all =
                open.orElseGet(proposals::open).stream()
                        .filter(o -> sight.sees(o.system()))
                        .toList();
        int from =
                exchange.query("after").isEmpty()
                        ? 0
                        : (int) Math.min(all.size(), exchange.before());
        int to = Math.min(all.size(), from + exchange.limit());
        exchange.json(
                new Items<>(
                        all.subList(from, to).stream().map(ProposalApi::item).toList(),
                        to < all.size() ? String.valueOf(to) : null));
    }

    private void accept(Exchange exchange) {
        var names = exchange.body(ProposalChoice.class).proposals();
        answer(exchange, proposals.accept(names, choosing(exchange, names).by()));
    }

    private void leave(Exchange exchange) {
        var names = exchange.body(ProposalChoice.class).proposals();
        answer(exchange, proposals.leave(names, choosing(exchange, names).by()));
    }

    /// Who chooses among proposals, named SYSTEM/NAME, must be allowed to edit each system.
    public static Caller choosing(Exchange exchange, Collection<String> names) {
        var caller = exchange.signedIn();
        for (String name : names) {
            int slash = name.indexOf('/');
            if (slash > 0) {
                caller = exchange.require(Verb.EDIT, new SystemName(name.substring(0, slash)));
            }
        }
        return caller;
    }

    private static void answer(Exchange exchange, List<Offer> offers) {
        exchange.json(new Items<>(offers.stream().map(ProposalApi::item).toList(), null));
    }

    private static ProposalItem item(Offer offer) {
        return new ProposalItem(
                offer.id(),
                offer.system().value(),
                offer.name(),
                offer.words().title(),
                offer.words().why(),
                offer.words().evidence(),
                offer.hosts().stream().map(Object::toString).toList(),
                Answering.duration(offer.every()),
                offer.probing() instanceof Probing.Command(var argv) ? argv : null,
                Answering.probe(offer.probing()),
                offer.tried().map(Offer.Tried::state).orElse(null),
                offer.tried().map(Offer.Tried::output).orElse(null),
                offer.foundAt(),
                offer.path(),
                offer.yaml(),
                offer.folder().isEmpty() ? null : offer.folder());
    }
}
