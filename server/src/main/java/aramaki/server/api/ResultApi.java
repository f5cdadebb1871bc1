package aramaki.server.api;

import aramaki.model.grant.Verb;
import aramaki.server.agent.Agents;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.Answers.RefusalItem;
import aramaki.server.api.Answers.ResultItem;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.ObservationStore.NumberedRefusal;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.store.Store;
import java.util.List;

/// All results over HTTP in the order they were committed, so that others can keep a copy or
/// compare with what they know.
public final class ResultApi {
    private final Store store;
    private final Agents agents;
    private final ObservationStore observations;

    public ResultApi(Store store, Agents agents, ObservationStore observations) {
        this.store = store;
        this.agents = agents;
        this.observations = observations;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/results",
                        Need.onInstance(Verb.READ),
                        "All results with their place in the spool they came from, in the order"
                                + " they were committed.",
                        ResultItem.class,
                        this::results),
                Route.list(
                        "/api/v1/refusals",
                        Need.onInstance(Verb.READ),
                        "All refused results, in the order they came.",
                        RefusalItem.class,
                        this::refusals));
    }

    private void results(Exchange exchange) {
        int limit = exchange.limit();
        var found = store.read(tx -> observations.after(tx, exchange.after(), limit));
        String next = found.size() < limit ? null : Long.toString(found.getLast().number());
        exchange.json(new Items<>(found.stream().map(this::result).toList(), next));
    }

    private void refusals(Exchange exchange) {
        int limit = exchange.limit();
        var found = store.read(tx -> observations.refusalsAfter(tx, exchange.after(), limit));
        String next = found.size() < limit ? null : Long.toString(found.getLast().number());
        exchange.json(new Items<>(found.stream().map(this::refusal).toList(), next));
    }

    private ResultItem result(Recorded recorded) {
        var seen = recorded.observation();
        return new ResultItem(
                ObservationId.text(recorded.number()),
                seen.key().system().value(),
                seen.key().entity().value(),
                seen.key().check().value(),
                seen.state().word(),
                seen.finished(),
                recorded.committed(),
                agent(recorded.agent()),
                recorded.epoch(),
                recorded.seq());
    }

    private RefusalItem refusal(NumberedRefusal one) {
        var refused = one.refused();
        return new RefusalItem(
                agent(refused.agent()),
                refused.epoch(),
                refused.seq(),
                refused.at(),
                refused.reason());
    }

    /// Who is no agent, such as a person who submitted it, goes by the id.
    private String agent(String id) {
        return agents.byId(id).map(a -> a.name().value()).orElse(id);
    }
}
