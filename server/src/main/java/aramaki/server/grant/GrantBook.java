package aramaki.server.grant;

import aramaki.model.grant.Grant;
import aramaki.model.grant.Terms;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.Hash;
import aramaki.server.grant.GrantStore.Cover;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All grants and what they cover, in memory and by holder, so that a decision reads no table.
/// Immutable.
final class GrantBook {
    static final GrantBook EMPTY = new GrantBook(Map.of(), Map.of());

    private final Map<Hash, Grant> grants;
    private final Map<Hash, Map<SystemId, Hash>> covers;
    private final Map<String, Map<SystemId, List<Held>>> byHolder = new HashMap<>();

    /// A grant as it covers one system.
    ///
    /// @param event what acts under it name
    record Held(Hash event, Grant grant) {}

    private GrantBook(Map<Hash, Grant> grants, Map<Hash, Map<SystemId, Hash>> covers) {
        this.grants = grants;
        this.covers = covers;
        covers.forEach(
                (id, systems) -> {
                    var grant = grants.get(id);
                    if (grant != null) {
                        systems.forEach(
                                (system, event) ->
                                        byHolder.computeIfAbsent(
                                                        grant.holder(), _ -> new HashMap<>())
                                                .computeIfAbsent(system, _ -> new ArrayList<>())
                                                .add(new Held(event, grant)));
                    }
                });
    }

    static GrantBook of(Collection<Grant> grants, Collection<Cover> covers) {
        var byId = new HashMap<Hash, Grant>();
        grants.forEach(g -> byId.put(g.id(), g));
        var bySystem = new HashMap<Hash, Map<SystemId, Hash>>();
        covers.forEach(
                c ->
                        bySystem.computeIfAbsent(c.grant(), _ -> new HashMap<>())
                                .put(c.system(), c.event()));
        return new GrantBook(byId, bySystem);
    }

    Collection<Grant> all() {
        return grants.values();
    }

    Optional<Grant> find(Hash id) {
        return Optional.ofNullable(grants.get(id));
    }

    /// The systems it covers, each with the event that says so.
    Map<SystemId, Hash> covers(Hash grant) {
        return covers.getOrDefault(grant, Map.of());
    }

    /// What somebody holds on one system.
    List<Held> of(String holder, SystemId system) {
        return byHolder.getOrDefault(holder, Map.of()).getOrDefault(system, List.of());
    }

    /// What somebody holds, by system.
    Map<SystemId, List<Held>> of(String holder) {
        return byHolder.getOrDefault(holder, Map.of());
    }

    /// It and everything that was passed on from it.
    List<Grant> withChildren(Hash grant) {
        var found = new ArrayList<Grant>();
        find(grant).ifPresent(found::add);
        for (int i = 0; i < found.size(); i++) {
            var parent = found.get(i).id();
            grants.values().stream()
                    .filter(g -> g.parent().filter(parent::equals).isPresent())
                    .forEach(found::add);
        }
        return found;
    }

    /// It and what it was passed on from, up to the first.
    List<Grant> chain(Grant grant) {
        var chain = new ArrayList<Grant>();
        var next = Optional.of(grant);
        while (next.isPresent() && chain.size() <= Terms.MAX_DEPTH + 1) {
            chain.add(next.get());
            next = next.get().parent().flatMap(this::find);
        }
        return chain;
    }
}
