package aramaki.server.system.files;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.Definition;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemGraph;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShopExampleTest {
    private static final Path SHOP = Path.of("../examples/shop");

    @Test
    void everyLayerOfTheShopIsReadAndHasChecksOfItsOwn() {
        var definitions = definitions();

        assertThat(definitions.keySet())
                .extracting(SystemName::value)
                .containsExactly("shop", "shop-host", "shop-production");
        assertThat(definitions.values()).allMatch(d -> !d.checks().isEmpty());
        assertThat(definitions.values()).allMatch(d -> d.notUsedYet().isEmpty());
        assertThat(definitions.get(new SystemName("shop-host")))
                .matches(host -> host.checks().size() == 5);
    }

    @Test
    void theShopIsOneTreeOfThreeLayers() {
        var systems =
                definitions().entrySet().stream()
                        .map(
                                e ->
                                        new ManagedSystem(
                                                new SystemId("s_" + "a".repeat(52)),
                                                e.getKey(),
                                                e.getValue(),
                                                false,
                                                "shop"))
                        .toList();

        var graph = SystemGraph.of(systems);

        assertThat(graph.anchors()).containsExactly(new SystemName("shop"));
        assertThat(graph.below(new SystemName("shop")))
                .containsExactly(new SystemName("shop-production"), new SystemName("shop-host"));
    }

    private static TreeMap<SystemName, Definition> definitions() {
        var scan = new SystemsFolder(SHOP).scan();
        assertThat(scan.problems()).isEmpty();
        var definitions = new TreeMap<SystemName, Definition>();
        scan.systems()
                .forEach(
                        (name, files) ->
                                definitions.put(
                                        name,
                                        DefinitionReader.read(
                                                        name,
                                                        files,
                                                        new ReadingContext(Reads.PROBES, Set.of()))
                                                .orRefuse()));
        return definitions;
    }
}
