package aramaki.server.web;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.server.agent.AgentRecord;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.home.Need;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Latest;
import aramaki.server.web.view.AlertRow;
import aramaki.server.web.view.NeedRow;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From what needs somebody to the lines that home shows of it.
final class NeedRows {
    private static final int NAMED = 4;

    private final Services services;
    private final Views views;

    NeedRows(Services services, Views views) {
        this.services = services;
        this.views = views;
    }

    /// Under which alert about a silent agent each alert belongs.
    Function<Alert, Optional<AlertKey>> causes(Moment moment, Set<AlertKey> firing) {
        var silent = silentAgents(firing);
        return alert ->
                alert.key().about().check().equals(AlertConsumer.AGENT_CHECK)
                        ? Optional.empty()
                        : moment.status(alert.key().about())
                                .filter(HomePage::agentSilent)
                                .flatMap(CheckStatus::latest)
                                .map(Latest::agent)
                                .map(silent::get);
    }

    /// The firing alert that tells of an agent's silence, by the agent's id: its own, or that of
    /// many that vanished together.
    private Map<String, AlertKey> silentAgents(Set<AlertKey> firing) {
        var silent = new HashMap<String, AlertKey>();
        for (var agent : services.agents().all()) {
            if (agent.presence() == AgentRecord.Presence.SILENT) {
                Stream.of(agent.name(), AlertConsumer.ALL_AGENTS)
                        .map(entity -> about(agent.home(), entity))
                        .filter(firing::contains)
                        .findFirst()
                        .ifPresent(key -> silent.put(agent.id(), key));
            }
        }
        return silent;
    }

    private static AlertKey about(SystemName system, EntityName entity) {
        return new AlertKey(new CheckKey(system, entity, AlertConsumer.AGENT_CHECK));
    }

    List<NeedRow> of(Moment moment, List<Need> needs, Map<SystemName, List<SystemName>> ways) {
        var leads = views.rows(moment, needs.stream().map(Need::lead).toList(), ways);
        var stale = staleByAgent(moment, needs);
        var rows = new ArrayList<NeedRow>();
        for (int i = 0; i < needs.size(); i++) {
            rows.add(row(moment, needs.get(i), leads.get(i), stale));
        }
        return rows;
    }

    private NeedRow row(Moment moment, Need need, AlertRow lead, Map<AlertKey, Integer> stale) {
        int silenced = stale.getOrDefault(need.lead().key(), 0);
        if (need.fold() == Need.Fold.NONE && silenced == 0) {
            return NeedRow.single(lead);
        }
        var about = need.lead().key().about();
        var members =
                about.check().equals(AlertConsumer.AGENT_CHECK)
                        ? need.alerts().subList(1, need.alerts().size())
                        : need.alerts();
        var keys = need.alerts().stream().map(a -> a.key().about()).toList();
        return new NeedRow(
                lead,
                new NeedRow.Fold(
                        StateBadge.of(need.severity()),
                        what(need, lead),
                        where(need),
                        silenced == 0 ? "" : silenced(silenced, members.size()),
                        switch (need.fold()) {
                            case NONE, AGENT -> "";
                            case CHECK -> about.entity().value();
                            case ENTITY -> about.check().value();
                        },
                        members.stream().limit(NAMED).map(a -> member(need, a)).toList(),
                        Math.max(0, members.size() - NAMED),
                        (int) need.alerts().stream().filter(moment.attention()::isNew).count(),
                        views.ago(moment, Optional.of(need.earliest())),
                        views.ago(moment, Optional.of(need.latest())),
                        views.openBy(moment, picture -> picture.ofAny(keys))));
    }

    private static String silenced(int checks, int fired) {
        return Views.count(checks, "check is", "checks are")
                + " stale because of it"
                + (fired == 0
                        ? ""
                        : "; of "
                                + Views.count(fired, "alert", "alerts")
                                + " that fired before, nothing newer is known");
    }

    private static Place what(Need need, AlertRow lead) {
        var about = need.lead().key().about();
        return switch (need.fold()) {
            case NONE, AGENT, CHECK -> lead.check();
            case ENTITY ->
                    new Place(
                            need.alerts().size() + " checks",
                            "/alerts?q="
                                    + Views.parameter(
                                            "system:"
                                                    + about.system()
                                                    + " entity:"
                                                    + about.entity()));
        };
    }

    private static String where(Need need) {
        return need.fold() == Need.Fold.CHECK
                ? need.alerts().size() + " entities"
                : need.lead().key().about().entity().value();
    }

    private NeedRow.Member member(Need need, Alert alert) {
        var about = alert.key().about();
        String name =
                switch (need.fold()) {
                    case CHECK -> about.entity().value();
                    case ENTITY, NONE -> about.check().value();
                    case AGENT -> about.check() + " on " + about.entity();
                };
        return new NeedRow.Member(
                StateBadge.of(alert.severity()), new Place(name, views.check(about).href()));
    }

    /// How many checks are stale because of each alert about a silent agent that is shown.
    private Map<AlertKey, Integer> staleByAgent(Moment moment, List<Need> needs) {
        var shown =
                needs.stream()
                        .map(need -> need.lead().key())
                        .filter(key -> key.about().check().equals(AlertConsumer.AGENT_CHECK))
                        .collect(Collectors.toSet());
        if (shown.isEmpty()) {
            return Map.of();
        }
        var silent = silentAgents(shown);
        var counts = new HashMap<AlertKey, Integer>();
        moment.statuses()
                .filter(HomePage::agentSilent)
                .flatMap(status -> status.latest().map(Latest::agent).map(silent::get).stream())
                .forEach(key -> counts.merge(key, 1, Integer::sum));
        return counts;
    }
}
