package aramaki.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.server.TestClock;
import aramaki.server.search.Hit.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is found, and in which order.
class SearchTest {
    private final TestClock clock = new TestClock();
    private final List<Entry> entries = new ArrayList<>();
    private int read;
    private final Search search =
            new Search(
                    () -> {
                        read++;
                        return List.copyOf(entries);
                    },
                    clock);

    private void add(Kind kind, String title, String place) {
        entries.add(new Entry(new Hit(kind, title, place, "/x", "", Optional.empty())));
    }

    private List<String> find(String text) {
        return search.find(text, 20).stream().map(Hit::title).toList();
    }

    @Test
    void theBeginningsOfWordsAreEnoughInAnyOrder() {
        add(Kind.CHECK, "http-front on web1", "shop-production");
        add(Kind.CHECK, "http-front on web2", "shop-staging");

        assertThat(find("prod fr")).containsExactly("http-front on web1");
        assertThat(find("web2 HTTP")).containsExactly("http-front on web2");
        assertThat(find("front nothing")).isEmpty();
    }

    @Test
    void theBestFitStandsFirst() {
        add(Kind.SYSTEM, "workshop", "");
        add(Kind.SYSTEM, "shop-production", "");
        add(Kind.SYSTEM, "shop", "");
        add(Kind.SYSTEM, "web-shops", "");
        add(Kind.SYSTEM, "other", "the shop's neighbour");

        assertThat(find("shop"))
                .containsExactly("shop", "shop-production", "web-shops", "workshop", "other");
    }

    @Test
    void initialsAndScatteredLettersFindToo() {
        add(Kind.SYSTEM, "shop-production", "");
        add(Kind.SYSTEM, "storage", "");

        assertThat(find("sp")).containsExactly("shop-production");
        assertThat(find("strg")).containsExactly("storage");
        assertThat(find("xyz")).isEmpty();
    }

    @Test
    void theGroupWithTheBestFitStandsFirstAndNoKindCrowdsOutAnother() {
        IntStream.range(0, 500).forEach(i -> add(Kind.CHECK, "load on web" + i, "shop"));
        add(Kind.SYSTEM, "load", "");
        add(Kind.COMMAND, "aramaki load", "");

        var hits = search.find("load", 20);

        assertThat(hits.getFirst().kind()).isEqualTo(Kind.SYSTEM);
        assertThat(hits).hasSize(20);
        assertThat(hits.stream().map(Hit::kind).distinct())
                .containsExactly(Kind.SYSTEM, Kind.CHECK, Kind.COMMAND);
    }

    @Test
    void nothingTypedFindsThePages() {
        add(Kind.PAGE, "Alerts", "");
        add(Kind.SYSTEM, "shop", "");

        assertThat(find("  ")).containsExactly("Alerts");
    }

    @Test
    void signsAndLettersOfAnyScriptAreNoTrouble() {
        add(Kind.SYSTEM, "---", "");
        add(Kind.NOTE, "Überlauf <b>100 %</b> 東京", "shop");

        assertThat(find("über")).hasSize(1);
        assertThat(find("東")).hasSize(1);
        assertThat(find("<b>")).hasSize(1);
        assertThat(find("((( [a-")).isEmpty();
        assertThat(find("-")).contains("---");
    }

    @Test
    void aSearchThatIsTooLongIsRefusedAndManyWordsAreCut() {
        add(Kind.SYSTEM, "shop", "");

        assertThatThrownBy(() -> find("x".repeat(Search.LENGTH + 1)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("200");
        assertThat(find("s ".repeat(100))).containsExactly("shop");
    }

    @Test
    void whatCanBeFoundIsReadAnewEveryTwoSecondsAtMost() {
        add(Kind.SYSTEM, "shop", "");
        assertThat(find("shop")).hasSize(1);
        add(Kind.SYSTEM, "shop2", "");
        assertThat(find("shop")).hasSize(1);
        clock.seconds(3);

        assertThat(find("shop")).hasSize(2);
        assertThat(read).isEqualTo(2);
    }
}
