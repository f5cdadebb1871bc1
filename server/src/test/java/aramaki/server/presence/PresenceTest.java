package aramaki.server.presence;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.server.TestClock;
import aramaki.server.access.Caller;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who counts as having something open, and since when.
class PresenceTest {
    private static final Caller ADA = person("ada");
    private static final Caller BO = person("bo");
    private static final SystemName SHOP = new SystemName("shop");
    private static final CheckKey FRONT = CheckKey.of("shop", "web1", "http-front");

    private final TestClock clock = new TestClock();
    private final Presence presence = new Presence(clock);

    private static Caller person(String name) {
        return new Caller("p_" + name, name, "owner", new Hash("a".repeat(64)));
    }

    private Presence.Visit visit(Caller person, String browser, String... pages) {
        return presence.open(
                person, browser, Stream.of(pages).flatMap(p -> Opened.parse(p).stream()).toList());
    }

    private static List<String> names(List<Viewer> viewers) {
        return viewers.stream().map(Viewer::name).toList();
    }

    @Test
    void whoHasAPageOpenIsThereUntilTheStreamEnds() {
        var visit = visit(ADA, "browser-1", "/s/shop");

        assertThat(presence.now().of(SHOP))
                .containsExactly(new Viewer("p_ada", "ada", clock.instant()));

        visit.close();
        visit.close();
        assertThat(presence.now()).isEqualTo(Picture.NOBODY);
    }

    @Test
    void anAlertIsOpenAtItsEntityOrWithAllOfItsCheck() {
        visit(ADA, "browser-1", "/s/shop/checks/http-front#e-web1");
        visit(BO, "browser-2", "/s/shop/checks/http-front");
        visit(person("chris"), "browser-3", "/s/shop/checks/http-front#e-web2");
        visit(person("dan"), "browser-4", "/s/shop");

        assertThat(names(presence.now().of(FRONT))).containsExactly("ada", "bo");
        assertThat(names(presence.now().of(SHOP))).containsExactly("ada", "bo", "chris", "dan");
    }

    @Test
    void twoTabsAndTwoBrowsersOfOnePersonCountOnceSinceTheFirst() {
        var first = clock.instant();
        visit(ADA, "browser-1", "/s/shop", "/s/shop", "/s/shop/checks/http-front");
        clock.seconds(60);
        visit(ADA, "browser-2", "/s/shop");

        assertThat(presence.now().of(SHOP)).containsExactly(new Viewer("p_ada", "ada", first));
    }

    @Test
    void aBrowserThatTellsAnewIsWhereItSaysLast() {
        var before = visit(ADA, "browser-1", "/s/shop");
        visit(ADA, "browser-1", "/s/storage");

        assertThat(presence.now().of(SHOP)).isEmpty();
        assertThat(names(presence.now().of(new SystemName("storage")))).containsExactly("ada");
        before.close(); // the older stream of the same browser ends late
        assertThat(names(presence.now().of(new SystemName("storage")))).containsExactly("ada");
    }

    @Test
    void aBrowserOfTheSameNameOfSomebodyElseIsAnother() {
        visit(ADA, "browser-1", "/s/shop");
        visit(BO, "browser-1", "/s/shop");

        assertThat(names(presence.now().of(SHOP))).containsExactly("ada", "bo");
    }

    @Test
    void aHiddenTabShowsNothing() {
        visit(ADA, "browser-1", "/s/shop");
        visit(ADA, "browser-1");

        assertThat(presence.now()).isEqualTo(Picture.NOBODY);
    }

    @Test
    void loadingAPageAgainDoesNotBeginAnewButComingBackLaterDoes() {
        var first = clock.instant();
        visit(ADA, "browser-1", "/s/shop").close();
        clock.seconds(30);
        var again = visit(ADA, "browser-1", "/s/shop");
        assertThat(presence.now().of(SHOP)).containsExactly(new Viewer("p_ada", "ada", first));

        again.close();
        clock.seconds(Presence.REMEMBERED.toSeconds() + 1);
        visit(ADA, "browser-1", "/s/shop");
        assertThat(presence.now().of(SHOP))
                .containsExactly(new Viewer("p_ada", "ada", clock.instant()));
    }

    @Test
    void changesAreCountedOnlyWhenSomethingChanged() {
        visit(ADA, "browser-1", "/s/shop");
        long before = presence.changes();
        visit(ADA, "browser-1", "/s/shop");
        assertThat(presence.changes()).isEqualTo(before);

        visit(ADA, "browser-1");
        assertThat(presence.changes()).isGreaterThan(before);
    }

    @Test
    void moreBrowsersAndPagesThanTheBoundAreNotCounted() {
        visit(
                BO,
                "browser-b",
                IntStream.range(0, 50).mapToObj(i -> "/s/system" + i).toArray(String[]::new));
        assertThat(presence.now().viewings()).hasSize(Presence.PAGES);

        IntStream.range(0, Presence.BROWSERS + 100).forEach(i -> visit(ADA, "b" + i, "/s/shop"));
        assertThat(presence.now().viewings()).hasSize(Presence.PAGES + Presence.BROWSERS - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/alerts",
                "/s/",
                "/s/Shop",
                "/s/<script>",
                "//evil/s/shop",
                "https://evil/s/shop",
                "/s/shop/checks/",
                "/s/shop/checks/Bad Name",
                "/s/shop/notes",
                "/events/0000"
            })
    void anAddressOfNoSystemOrCheckIsNothing(String address) {
        assertThat(Opened.parse(address)).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodInAnAddressIsLeftOut() {
        assertThat(Opened.parse("/s/shop?x=1#events").map(Opened::path)).contains("/s/shop");
        assertThat(Opened.parse("/s/shop/checks/load?span=90d#e-web1").map(Opened::path))
                .contains("/s/shop/checks/load#e-web1");
        assertThat(Opened.parse("/s/shop/checks/load#e-<b>").map(Opened::path))
                .contains("/s/shop/checks/load");
        assertThat(Opened.parse("/s/shop#" + "x".repeat(1000))).isEmpty();
    }
}
