package aramaki.server.alert;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.server.access.Caller;
import aramaki.server.agent.Agents;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds the alerts that a query means for one person.
public final class Inquiry {
    private static final int ALL = 100_000;

    private final Store store;
    private final AlertStore alerts;
    private final Systems systems;
    private final Agents agents;
    private final Silences silences;
    private final Function<Caller, Predicate<Alert>> isNew;
    private final InstantSource clock;
    private final ZoneId zone;

    /// @param isNew which alerts are new to a person
    public Inquiry(
            Store store,
            AlertStore alerts,
            Systems systems,
            Agents agents,
            Silences silences,
            Function<Caller, Predicate<Alert>> isNew,
            InstantSource clock,
            ZoneId zone) {
        this.store = store;
        this.alerts = alerts;
        this.systems = systems;
        this.agents = agents;
        this.silences = silences;
        this.isNew = isNew;
        this.clock = clock;
        this.zone = zone;
    }

    public AlertQuery.Sight sight(Caller person, Predicate<Alert> news) {
        return new AlertQuery.Sight(
                clock.instant(),
                zone,
                systems.graph(),
                news,
                silences.hidden(),
                new AlertLabels(systems, agents),
                person.person());
    }

    public AlertQuery.Sight sight(Caller person) {
        return sight(person, isNew.apply(person));
    }

    /// Those that an act is meant for. What somebody else has is taken over only where the query
    // asks
    /// for acknowledged ones.
    public List<AlertKey> meant(AlertQuery query, Act act, Caller person) {
        var fits = query.understood().in(sight(person));
        boolean takesOver =
                query.query().wanted("state").contains("acknowledged")
                        || query.query().has("owner");
        return store
                .<List<Alert>>read(
                        tx -> alerts.alerts(tx, AlertStore.Which.FIRING, Optional.empty(), ALL))
                .stream()
                .filter(fits)
                .filter(a -> Acts.obstacle(act, a).isEmpty())
                .filter(
                        a ->
                                takesOver
                                        || !(act instanceof Act.Acknowledge)
                                        || !a.acknowledged()
                                        || a.care().owner().equals(person.person()))
                .map(Alert::key)
                .toList();
    }
}
