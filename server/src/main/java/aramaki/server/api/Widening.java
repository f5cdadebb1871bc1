package aramaki.server.api;

import aramaki.model.Labels;
import aramaki.model.grant.Verb;
import aramaki.model.system.Definition;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selection;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import aramaki.server.grant.Grants;
import aramaki.server.http.Exchange;
import aramaki.server.system.Systems;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Grants reach what a system aggregates and what carries a label. So whoever changes that changes
/// who may do what, and needs the verb `grant` on what would be reached.
final class Widening {
    private final Systems systems;
    private final Grants grants;

    Widening(Systems systems, Grants grants) {
        this.systems = systems;
        this.grants = grants;
    }

    /// Refuses a new document that would have grants reach further than who asks may decide.
    void refuse(Exchange exchange, SystemName name, Definition after) {
        var before = systems.find(name).map(ManagedSystem::definition);
        var known = before.map(Definition::subsystems).orElse(List.of());
        after.subsystems().stream()
                .filter(ref -> !known.contains(ref))
                .forEach(ref -> refuse(exchange, ref));
        if (!before.map(Definition::selections).orElse(List.of()).equals(after.selections())
                && !after.selections().isEmpty()) {
            exchange.require(Verb.GRANT, Systems.INSTANCE); // it selects what is made later, too
            after.selections()
                    .forEach(s -> selected(s).forEach(n -> exchange.require(Verb.GRANT, n)));
        }
        if (before.isPresent() && selectedBy(before.get().labels(), after.labels())) {
            exchange.require(Verb.GRANT, name);
        }
    }

    /// Refuses to aggregate what who asks may not decide on.
    void refuse(Exchange exchange, SystemRef ref) {
        if (ref.peer().isEmpty() && systems.find(ref.name()).isEmpty()) {
            exchange.require(Verb.GRANT, Systems.INSTANCE); // whoever makes it later asks nobody
        } else if (ref.peer().isEmpty()) {
            exchange.require(Verb.GRANT, ref.name());
            systems.graph().below(ref.name()).stream()
                    .filter(n -> systems.find(n).isPresent())
                    .forEach(n -> exchange.require(Verb.GRANT, n));
        }
    }

    private Collection<SystemName> selected(Selection selection) {
        return systems.all().stream()
                .filter(s -> matches(selection, s.definition().labels()))
                .map(ManagedSystem::name)
                .toList();
    }

    private static boolean matches(Selection selection, Labels labels) {
        return switch (selection) {
            case Selection.Named(_, var wanted) -> labels.containsAll(wanted);
            case Selection.Each(var label, _) -> labels.get(label).isPresent();
        };
    }

    private boolean selectedBy(Labels before, Labels after) {
        return changed(before, after).stream()
                .anyMatch(key -> grants.selectsBy(key) || aggregatesBy(key));
    }

    private static Set<String> changed(Labels before, Labels after) {
        var keys = new HashSet<>(before.values().keySet());
        keys.addAll(after.values().keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return keys;
    }

    private boolean aggregatesBy(String key) {
        return systems.all().stream()
                .flatMap(s -> s.definition().selections().stream())
                .map(
                        s ->
                                switch (s) {
                                    case Selection.Named(_, var wanted) ->
                                            Optional.of(key).filter(wanted.values()::containsKey);
                                    case Selection.Each(var label, _) ->
                                            Optional.of(key).filter(label::equals);
                                })
                .anyMatch(Optional::isPresent);
    }
}
