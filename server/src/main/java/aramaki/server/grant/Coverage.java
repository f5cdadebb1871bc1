package aramaki.server.grant;

import aramaki.model.grant.Grant;
import aramaki.model.grant.Reach;
import aramaki.model.grant.Verb;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.Hash;
import aramaki.protocol.log.Payload;
import aramaki.server.grant.GrantStore.Cover;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which systems grants cover, told by an event in each system's own log.
final class Coverage {
    private final GrantStore grants;
    private final Systems systems;
    private final EventLog log;
    private final InstantSource clock;

    Coverage(GrantStore grants, Systems systems, EventLog log, InstantSource clock) {
        this.grants = grants;
        this.systems = systems;
        this.log = log;
        this.clock = clock;
    }

    /// Brings what grants cover in step with the systems, parents before children.
    void follow(Tx tx, GrantBook current, By by) {
        var now = clock.instant();
        var covering = new HashMap<Hash, Set<SystemId>>();
        for (var grant : inOrder(current)) {
            var wanted = new HashSet<>(of(grant.reach()));
            grant.parent().ifPresent(p -> wanted.retainAll(covering.getOrDefault(p, Set.of())));
            if (!grant.alive(now)) { // its end is told by its own time
                wanted.retainAll(current.covers(grant.id()).keySet());
            }
            covering.put(grant.id(), wanted);
            var before = current.covers(grant.id());
            var gone = new HashMap<>(before);
            gone.keySet().removeAll(wanted);
            withdraw(tx, grant, gone, "it no longer reaches this system", by);
            for (var system : wanted) {
                if (!before.containsKey(system)) {
                    reach(tx, grant, system, now, by);
                }
            }
        }
    }

    private static List<Grant> inOrder(GrantBook current) {
        return current.all().stream()
                .filter(g -> g.ended().isEmpty())
                .sorted(Comparator.comparingInt(g -> current.chain(g).size()))
                .toList();
    }

    private void reach(Tx tx, Grant grant, SystemId system, Instant now, By by) {
        var event =
                log.append(
                        tx,
                        system,
                        new Payload.GrantReached(
                                grant.id().hex(),
                                grant.holder(),
                                grants.nameOf(tx, grant.holder()),
                                grant.terms().verbs().stream().sorted().map(Verb::word).toList(),
                                grant.terms().expiresAt(),
                                grant.reason()),
                        now,
                        by);
        grants.cover(tx, new Cover(event.hash(), grant.id(), system));
    }

    private void withdraw(Tx tx, Grant grant, Map<SystemId, Hash> covers, String why, By by) {
        tellWithdrawn(tx, grant, covers, why, by);
        covers.values().forEach(event -> grants.uncover(tx, event));
    }

    /// Says in each system's log that the grant covers it no more.
    void tellWithdrawn(Tx tx, Grant grant, Map<SystemId, Hash> covers, String why, By by) {
        String name = grants.nameOf(tx, grant.holder());
        covers.forEach(
                (system, event) ->
                        log.append(
                                tx,
                                system,
                                new Payload.GrantWithdrawn(
                                        grant.id().hex(), event.hex(), name, why),
                                clock.instant(),
                                by));
    }

    /// What a reach means now: named systems with every layer below, and those with the labels with
    /// theirs. The instance's own system only by its name.
    Set<SystemId> of(Reach reach) {
        var found = new HashSet<SystemId>();
        var own = systems.instance().id();
        for (var system : systems.all()) {
            boolean selected =
                    reach.everything()
                            || !reach.labels().values().isEmpty()
                                    && system.definition().labels().containsAll(reach.labels());
            if (selected) {
                found.addAll(withBelow(system));
            }
        }
        found.remove(own);
        reach.systems().stream()
                .flatMap(id -> systems.byId(id).stream())
                .forEach(system -> found.addAll(withBelow(system)));
        return found;
    }

    private Collection<SystemId> withBelow(ManagedSystem system) {
        var ids = new HashSet<SystemId>();
        ids.add(system.id());
        systems.graph().below(system.name()).stream()
                .flatMap(name -> systems.find(name).stream())
                .filter(s -> !s.name().equals(Systems.INSTANCE))
                .forEach(s -> ids.add(s.id()));
        return ids;
    }
}
