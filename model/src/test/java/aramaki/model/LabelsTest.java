package aramaki.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final Labels SHOP = Labels.of(Map.of("customer", "muster", "web", ""));

    @Test
    void theyAreWrittenInOrderAndATagWithoutItsValue() {
        assertThat(SHOP).hasToString("customer=muster web");
        assertThat(Labels.NONE).hasToString("");
    }

    @Test
    void aTagIsAKeyWhateverItsValue() {
        assertThat(SHOP.hasTag("web")).isTrue();
        assertThat(SHOP.hasTag("customer")).isTrue();
        assertThat(SHOP.hasTag("muster")).isFalse();
        assertThat(SHOP.get("customer")).contains("muster");
        assertThat(SHOP.get("rack")).isEmpty();
    }

    @Test
    void wantedLabelsMatchByKeyAndValue() {
        assertThat(SHOP.containsAll(Labels.of(Map.of("web", "")))).isTrue();
        assertThat(SHOP.containsAll(Labels.of(Map.of("customer", "")))).isFalse();
        assertThat(SHOP.containsAll(Labels.of(Map.of("customer", "other")))).isFalse();
        assertThat(Labels.NONE.containsAll(SHOP)).isFalse();
    }

    @Test
    void whatIsLaidOverWins() {
        var both = SHOP.with("customer", "other").with("rack", "4");

        assertThat(both).hasToString("customer=other rack=4 web");
        assertThat(SHOP.get("customer")).contains("muster");
    }

    @Test
    void theyDoNotChangeWithTheMapTheyCameFrom() {
        var map = new TreeMap<>(Map.of("a", "1"));
        var labels = new Labels(map);

        map.put("b", "2");

        assertThat(labels).hasToString("a=1");
        assertThatThrownBy(() -> labels.values().put("c", "3"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void layingOverHoldsItsLaws() {
        var random = new Random(7);
        for (int run = 0; run < 500; run++) {
            var a = some(random);
            var b = some(random);
            var c = some(random);

            assertThat(a.containsAll(Labels.NONE)).isTrue();
            assertThat(a.with(a)).isEqualTo(a);
            assertThat(a.with(Labels.NONE)).isEqualTo(Labels.NONE.with(a)).isEqualTo(a);
            assertThat(a.with(b).containsAll(b)).as("run " + run).isTrue();
            assertThat(a.with(b).with(c)).as("run " + run).isEqualTo(a.with(b.with(c)));
        }
    }

    private static Labels some(Random random) {
        var map = new HashMap<String, String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("k" + random.nextInt(4), random.nextBoolean() ? "" : "v" + random.nextInt(3));
        }
        return Labels.of(map);
    }
}
