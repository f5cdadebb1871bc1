package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import aramaki.server.web.view.Ages;
import aramaki.server.web.view.HopRow;
import aramaki.server.web.view.LinkRow;
import aramaki.server.web.view.StateCount;
import aramaki.server.web.view.Static;
import aramaki.server.web.view.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewWordsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant AT = Instant.parse("2026-11-22T02:51:14.0316Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s", "PT59.9S, 59 s", "PT1M, 1 min", "PT59M59S, 59 min", "PT1H, 1 h",
        "PT47H, 47 h", "PT48H, 2 d", "P59D, 59 d", "P60D, 2 months", "P729D, 24 months",
        "P730D, 2 years", "PT-0.5S, 0 s", "PT-90S, in 1 min"
    })
    void anAgeIsANumberAndAWord(Duration age, String words) {
        assertThat(Ages.text(age)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, +0 ms",
        "PT0.004S, +4 ms",
        "PT1.259S, +1.25 s",
        "PT61S, +1 min",
        "PT-0.003S, −3 ms"
    })
    void aDeltaSaysHowMuchLater(Duration later, String words) {
        assertThat(Ages.delta(later)).isEqualTo(words);
    }

    @Test
    void aMomentIsToldExactlyAndInShort() {
        assertThat(When.of(AT, AT.plusSeconds(9 * 60), BERLIN))
                .isEqualTo(
                        new When("2026-11-22T02:51:14.031Z", "2026-11-22 03:51:14 CET", "9 min"));
        assertThat(When.clock(AT, BERLIN).relative()).isEqualTo("03:51:14");
        assertThat(When.exactly(AT, BERLIN).relative()).isEqualTo("03:51:14.031");
    }

    @Test
    void aMissingHopIsListedAndTheNextCountsFromTheLastKnown() {
        var hops =
                HopRow.of(
                        List.of(
                                Map.entry("due", Optional.of(AT)),
                                Map.entry("event", Optional.empty()),
                                Map.entry("page", Optional.of(AT.plusMillis(1500)))),
                        BERLIN);

        assertThat(hops).extracting(HopRow::name).containsExactly("due", "event", "page");
        assertThat(hops).extracting(HopRow::delta).containsExactly("", "", "+1.50 s");
        assertThat(hops.get(1).at()).isEqualTo(When.NEVER);
    }

    @Test
    void countsAreWorstFirstWithoutEmptyStates() {
        var counts = new StateCounts(Map.of(State.OK, 3, State.STALE, 1, State.CRITICAL, 2));

        assertThat(StateCount.of(counts))
                .extracting(c -> c.number() + " " + c.state().word())
                .containsExactly("2 critical", "1 stale", "3 ok");
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.example/a, https://x.example/a", "' HTTP://x ', HTTP://x", "javascript:1, ''",
        "data:text/html, ''", "//x.example, ''", "/s/shop, ''"
    })
    void onlyWebAddressesAreFollowed(String url, String href) {
        assertThat(LinkRow.of("x", url, "").place().href()).isEqualTo(href);
    }

    @Test
    void everyStaticFileHasATypeATagAndBytes() {
        assertThat(Static.all())
                .extracting(Static::path)
                .containsExactly(
                        "/static/aramaki.css",
                        "/static/aramaki.js",
                        "/static/alerts.css",
                        "/static/alerts.js",
                        "/static/check.css",
                        "/static/check.js",
                        "/static/timeline.css",
                        "/static/timeline.js",
                        "/static/keys.js",
                        "/static/palette.js",
                        "/static/passkey.css",
                        "/static/passkey.js",
                        "/static/icon.svg",
                        "/static/htmx.min.js");
        assertThat(Static.all())
                .allSatisfy(
                        file -> {
                            assertThat(file.bytes()).isNotEmpty();
                            assertThat(file.etag()).matches("\"[0-9a-f]{24}\"");
                        });
    }
}
