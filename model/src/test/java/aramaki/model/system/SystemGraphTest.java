package aramaki.model.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SystemGraphTest {
    private static SystemName name(String name) {
        return new SystemName(name);
    }

    private static List<SystemName> names(String... names) {
        return Stream.of(names).map(SystemName::new).toList();
    }

    private static ManagedSystem system(String name, String... below) {
        return system(name, false, Labels.NONE, List.of(), below);
    }

    private static ManagedSystem labelled(String name, String label) {
        return system(name, false, Labels.of(Map.of("kind", label)), List.of());
    }

    private static ManagedSystem system(
            String name,
            boolean anchored,
            Labels labels,
            List<Selection> selections,
            String... below) {
        var definition =
                new Definition(
                        name,
                        Category.SYSTEM,
                        "",
                        labels,
                        Stream.of(below).map(SystemRef::parse).toList(),
                        selections,
                        Map.of(),
                        "",
                        List.of(),
                        List.of(),
                        List.of());
        return new ManagedSystem(
                new SystemId("s_" + "a".repeat(52)), name(name), definition, anchored, "");
    }

    private static Selection storage(String name) {
        return new Selection.Named(name(name), Labels.of(Map.of("kind", "storage")));
    }

    private static Selection each(String label) {
        return new Selection.Each(label, "Everything in {{" + label + "}}");
    }

    private static ManagedSystem at(String name, String dc) {
        return system(name, false, Labels.of(Map.of("dc", dc)), List.of());
    }

    @Test
    void aDiamondIsCountedOnceAndTheNearestComesFirst() {
        var graph =
                SystemGraph.of(
                        List.of(
                                system("shop", "web", "data"),
                                system("web", "disk"),
                                system("data", "disk", "tape"),
                                system("disk"),
                                system("tape")));

        assertThat(graph.below(name("shop")))
                .containsExactlyElementsOf(names("web", "data", "disk", "tape"));
        assertThat(graph.parents(name("disk"))).containsExactlyElementsOf(names("data", "web"));
    }

    @Test
    void aCycleIsRefusedWithItsPath() {
        var systems =
                List.of(system("a", "b"), system("b", "c"), system("c", "d", "b"), system("d"));

        assertThatThrownBy(() -> SystemGraph.of(systems))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CONFLICT);
                            assertThat(refusal.code()).isEqualTo("cycle");
                            assertThat(refusal.text())
                                    .isEqualTo("a system cannot be part of itself: b → c → b");
                        });
    }

    @Test
    void aSystemThatNamesItselfIsRefused() {
        assertThatThrownBy(() -> SystemGraph.of(List.of(system("a", "a"))))
                .isInstanceOf(Refusal.class)
                .hasMessage("a system cannot be part of itself: a → a");
    }

    @Test
    void aSelectionLeavesOutWhatAggregatesTheSystemThatSelects() {
        var all = system("all", false, Labels.NONE, List.of(storage("all-storage")));
        var disk = system("disk", false, Labels.of(Map.of("kind", "storage")), List.of(), "all");

        var graph = SystemGraph.of(List.of(all, disk, labelled("tape", "storage")));

        assertThat(graph.children(name("all-storage"))).containsExactlyElementsOf(names("tape"));
    }

    @Test
    void aCycleThroughTwoSelectionsIsRefused() {
        var kind = Labels.of(Map.of("kind", "storage"));
        var a = system("a", false, kind, List.of(each("dc")));
        var b = system("b", false, Labels.of(Map.of("dc", "x")), List.of(storage("stores")));

        assertThatThrownBy(() -> SystemGraph.of(List.of(a, b)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("a → dc-x → b → stores → a");
    }

    @Test
    void eachValueOfALabelMakesAnAggregateWithItsTitle() {
        var graph =
                SystemGraph.of(
                        List.of(
                                system("world", false, Labels.NONE, List.of(each("dc"))),
                                at("web", "fra1"),
                                at("data", "fra1"),
                                at("tape", "Oslo 2"),
                                labelled("elsewhere", "storage")));

        assertThat(graph.children(name("world")))
                .containsExactlyElementsOf(names("dc-oslo-2", "dc-fra1"));
        assertThat(graph.children(name("dc-fra1"))).containsExactlyElementsOf(names("data", "web"));
        assertThat(graph.selected(name("dc-oslo-2")))
                .hasValueSatisfying(
                        made -> {
                            assertThat(made.title()).isEqualTo("Everything in Oslo 2");
                            assertThat(made.by()).isEqualTo(name("world"));
                        });
        assertThat(graph.below(name("world")))
                .containsExactlyElementsOf(names("dc-oslo-2", "dc-fra1", "tape", "data", "web"));
    }

    @Test
    void aSystemComesBeforeASelectionOfItsName() {
        var graph =
                SystemGraph.of(
                        List.of(
                                system("world", false, Labels.NONE, List.of(each("dc"))),
                                at("dc-fra1", "fra1")));

        assertThat(graph.children(name("world"))).isEmpty();
        assertThat(graph.selected(name("dc-fra1"))).isEmpty();
    }

    @Test
    void twoSystemsThatSelectTheSameShareTheAggregate() {
        var graph =
                SystemGraph.of(
                        List.of(
                                system("east", false, Labels.NONE, List.of(each("dc"))),
                                system("west", false, Labels.NONE, List.of(each("dc"))),
                                at("web", "fra1")));

        assertThat(graph.parents(name("dc-fra1"))).containsExactlyElementsOf(names("east", "west"));
        assertThat(graph.children(name("dc-fra1"))).containsExactlyElementsOf(names("web"));
    }

    @Test
    void twoSelectionsOfOneNameThatSelectOtherThingsAreRefused() {
        var tapes = new Selection.Named(name("stores"), Labels.of(Map.of("kind", "tape")));
        var one = system("one", false, Labels.NONE, List.of(storage("stores")));
        var two = system("two", false, Labels.NONE, List.of(tapes));

        assertThatThrownBy(() -> SystemGraph.of(List.of(one, two)))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "two selections are named stores: one selects kind=storage, two selects"
                                + " kind=tape; give one of them another name");
    }

    @Test
    void aSelectionHoldsWhatMatchesButNotTheSystemThatSelects() {
        var all =
                system(
                        "all",
                        false,
                        Labels.of(Map.of("kind", "storage")),
                        List.of(storage("all-storage")));

        var graph =
                SystemGraph.of(
                        List.of(
                                all,
                                labelled("disk", "storage"),
                                labelled("tape", "storage"),
                                labelled("web", "front")));

        assertThat(graph.children(name("all"))).containsExactlyElementsOf(names("all-storage"));
        assertThat(graph.children(name("all-storage")))
                .containsExactlyElementsOf(names("disk", "tape"));
        assertThat(graph.anchors()).containsExactlyElementsOf(names("all", "web"));
    }

    @Test
    void aSelectionNamedLikeASystemDoesNotReplaceIt() {
        var all = system("all", false, Labels.NONE, List.of(storage("disk")));

        var graph = SystemGraph.of(List.of(all, labelled("disk", "storage")));

        assertThat(graph.children(name("all"))).isEmpty();
        assertThat(graph.children(name("disk"))).isEmpty();
    }

    @Test
    void unknownSubsystemsAndThoseOfPeersAreLeftOut() {
        var graph =
                SystemGraph.of(List.of(system("shop", "gone", "web@hoster", "web"), system("web")));

        assertThat(graph.children(name("shop"))).containsExactlyElementsOf(names("web"));
        assertThat(graph.below(name("shop"))).containsExactlyElementsOf(names("web"));
        assertThat(graph.children(name("gone"))).isEmpty();
    }

    @Test
    void aSubsystemNamedTwiceIsOneChild() {
        assertThat(SystemGraph.of(List.of(system("a", "b", "b"), system("b"))).children(name("a")))
                .containsExactlyElementsOf(names("b"));
    }

    @Test
    void anchorsAreTheTopsAndWhatAPersonAnchored() {
        var graph =
                SystemGraph.of(
                        List.of(
                                system("shop", "web", "disk"),
                                system("web"),
                                system("disk", true, Labels.NONE, List.of()),
                                system("alone")));

        assertThat(graph.anchors()).containsExactlyElementsOf(names("alone", "disk", "shop"));
    }

    @Test
    void aGraphWithoutACycleHoldsItsLaws() {
        var random = new Random(13);
        for (int run = 0; run < 200; run++) {
            var systems = withoutCycle(random);

            var graph = SystemGraph.of(systems);

            for (var system : systems) {
                var below = graph.below(system.name());
                assertThat(below).as("run " + run).doesNotHaveDuplicates();
                assertThat(Set.copyOf(below)).isEqualTo(reachable(graph, system.name()));
                assertThat(below).doesNotContain(system.name());
                for (var child : graph.children(system.name())) {
                    assertThat(graph.parents(child)).contains(system.name());
                }
            }
            var fromAnchors = new HashSet<>(graph.anchors());
            graph.anchors().forEach(top -> fromAnchors.addAll(graph.below(top)));
            assertThat(fromAnchors).as("run " + run).hasSameSizeAs(systems);
        }
    }

    /// Each system only names later ones, shuffled so that their order does not tell.
    private static List<ManagedSystem> withoutCycle(Random random) {
        int count = 1 + random.nextInt(12);
        var systems = new ArrayList<ManagedSystem>();
        for (int i = 0; i < count; i++) {
            var below = new ArrayList<String>();
            for (int j = i + 1; j < count; j++) {
                if (random.nextInt(3) == 0) {
                    below.add("n" + j);
                }
            }
            systems.add(system("n" + i, below.toArray(String[]::new)));
        }
        java.util.Collections.shuffle(systems, random);
        return systems;
    }

    private static Set<SystemName> reachable(SystemGraph graph, SystemName from) {
        var all = new HashSet<SystemName>();
        for (var child : graph.children(from)) {
            all.add(child);
            all.addAll(reachable(graph, child));
        }
        return all;
    }
}
