package aramaki.server.web;

import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selected;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import aramaki.server.system.Systems;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.StateCount;
import aramaki.server.web.view.TreeNode;
import aramaki.server.web.view.When;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Systems as trees, with every layer. A system that several others aggregate stands below each of
/// them, but its own layers are drawn once: diamonds over diamonds would fill any page.
final class Trees {
    private final Systems systems;
    private final Views views;

    Trees(Systems systems, Views views) {
        this.systems = systems;
        this.views = views;
    }

    /// The anchors; the instance's own system comes last.
    List<SystemName> anchors(Moment moment) {
        return moment.graph().anchors().stream()
                .sorted(Comparator.comparing(Systems.INSTANCE::equals))
                .toList();
    }

    List<TreeNode> of(Moment moment, List<SystemName> roots, Predicate<SystemName> wanted) {
        var drawn = new HashSet<SystemName>();
        return roots.stream().flatMap(r -> node(moment, r, wanted, drawn)).toList();
    }

    /// What is directly below: named subsystems, also those nobody here knows, then selections.
    List<TreeNode> below(Moment moment, SystemName system) {
        return below(moment, system, _ -> true, new HashSet<>(Set.of(system))).toList();
    }

    private Stream<TreeNode> below(
            Moment moment, SystemName system, Predicate<SystemName> wanted, Set<SystemName> drawn) {
        var refs = new ArrayList<SystemRef>();
        systems.find(system).ifPresent(s -> refs.addAll(s.definition().subsystems()));
        moment.graph().children(system).stream()
                .map(SystemRef::local)
                .filter(r -> !refs.contains(r))
                .forEach(refs::add);
        return refs.stream()
                .flatMap(
                        ref ->
                                known(moment, ref)
                                        ? node(moment, ref.name(), wanted, drawn)
                                        : wanted.test(system)
                                                ? Stream.of(notKnown(ref))
                                                : Stream.of());
    }

    /// A system with what is wanted below it; nothing when none of that is wanted.
    private Stream<TreeNode> node(
            Moment moment, SystemName name, Predicate<SystemName> wanted, Set<SystemName> drawn) {
        boolean any = wanted.test(name) || moment.graph().below(name).stream().anyMatch(wanted);
        if (!any) {
            return Stream.of();
        }
        boolean first = drawn.add(name);
        var below = first ? below(moment, name, wanted, drawn).toList() : List.<TreeNode>of();
        boolean cut = !first && !moment.graph().children(name).isEmpty();
        var rollup = moment.rollup(name);
        return Stream.of(
                new TreeNode(
                        naming(moment, name, cut),
                        StateBadge.of(rollup.worst()),
                        StateCount.of(rollup.counts()),
                        views.ago(moment, moment.newest(name)),
                        views.ago(moment, rollup.oldest()),
                        below));
    }

    private TreeNode.Naming naming(Moment moment, SystemName name, boolean cut) {
        var definition = systems.find(name).map(ManagedSystem::definition);
        var notes = new ArrayList<String>();
        var parents = moment.graph().parents(name);
        systems.selection(name)
                .filter(_ -> definition.isEmpty())
                .ifPresent(s -> notes.add("selects " + s.labels()));
        if (parents.size() > 1) {
            notes.add(
                    "part of "
                            + parents.stream()
                                    .map(SystemName::value)
                                    .collect(Collectors.joining(", ")));
        }
        if (cut) {
            notes.add("its layers stand above");
        }
        if (moment.rollup(name).counts().total() == 0) {
            notes.add("no checks");
        }
        return new TreeNode.Naming(
                Views.system(name),
                title(name).filter(t -> !t.equals(name.value())).orElse(""),
                definition.map(d -> d.category().singular()).orElse("selection"),
                definition.map(d -> Views.labels(d.labels())).orElse(List.of()),
                String.join(" · ", notes));
    }

    private Optional<String> title(SystemName name) {
        return systems.find(name)
                .map(s -> s.definition().title())
                .or(() -> systems.selection(name).map(Selected::title));
    }

    private boolean known(Moment moment, SystemRef ref) {
        return ref.peer().isEmpty()
                && moment.graph().contains(ref.name())
                && (systems.find(ref.name()).isPresent()
                        || systems.selection(ref.name()).isPresent());
    }

    private static TreeNode notKnown(SystemRef ref) {
        return new TreeNode(
                new TreeNode.Naming(
                        Place.nowhere(ref.toString()),
                        "",
                        "",
                        List.of(),
                        ref.peer()
                                .map(p -> "no peer " + p + " here")
                                .orElse("no such system here")),
                StateBadge.notKnown(),
                List.of(),
                When.NEVER,
                When.NEVER,
                List.of());
    }
}
