package aramaki.server.web;

import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.sight.Sight;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.web.view.AgentRow;
import aramaki.server.web.view.AgentsView;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Pages;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// `/agents`: who checks for us, for which systems, under which policy, and how far its results
/// have come.
final class AgentsPage {
    private final Services services;
    private final Views views;
    private final Pages pages;

    AgentsPage(Services services, Views views, Pages pages) {
        this.services = services;
        this.views = views;
        this.pages = pages;
    }

    Route route() {
        return Route.page("/agents", Need.SOMEONE, "All agents.", this::show);
    }

    private void show(Exchange exchange) {
        var moment = views.moment(exchange);
        var agents = agents();
        var rows =
                services.store()
                        .read(
                                tx ->
                                        agents.stream()
                                                .map(a -> views.agent(moment, a, spool(tx, a)))
                                                .toList());
        exchange.html(
                200,
                pages.agents(
                        new AgentsView(
                                views.frame(
                                        moment,
                                        "Agents",
                                        Frame.Section.AGENTS,
                                        "aramaki agent list"),
                                rows,
                                "aramaki agent invite --system " + invited())));
    }

    /// Those shut out come last, and not at all once another has their name.
    private List<AgentRecord> agents() {
        var names = new HashSet<>();
        var all = services.agents().all();
        return Stream.concat(
                        all.stream().filter(a -> a.presence() != Presence.REVOKED),
                        all.stream().filter(a -> a.presence() == Presence.REVOKED))
                .filter(a -> names.add(a.name()))
                .filter(this::seen)
                .toList();
    }

    private boolean seen(AgentRecord agent) {
        var sight = Sight.current();
        return sight.everything()
                || services.systems().servedBy(agent).stream().anyMatch(s -> sight.sees(s.name()));
    }

    private String invited() {
        return services.systems().all().stream()
                .filter(s -> Sight.current().sees(s.name()))
                .map(s -> s.name().value())
                .filter(name -> !name.equals(Systems.INSTANCE.value()))
                .findFirst()
                .orElse("SYSTEM");
    }

    private AgentRow.Spool spool(Tx tx, AgentRecord agent) {
        var observations = services.observations();
        long position = observations.position(tx, agent.id(), agent.epoch()).orElse(0L);
        long refused = observations.countRefusals(tx, agent.id());
        String latest =
                refused == 0
                        ? ""
                        : observations.refusals(tx, agent.id(), 1).stream()
                                .map(r -> r.reason())
                                .findFirst()
                                .orElse("");
        return new AgentRow.Spool(
                String.format(Locale.ROOT, "%,d", position),
                (int) Math.min(refused, Integer.MAX_VALUE),
                latest);
    }
}
