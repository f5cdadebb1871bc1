package aramaki.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private static final Set<String> KEYS = Set.of("system", "state", "since", Query.LABEL);
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Test
    void nothingTypedFiltersNothing() {
        var query = Query.parse("  ", KEYS);

        assertThat(query.isEmpty()).isTrue();
        assertThat(query.problems()).isEmpty();
        assertThat(query.passes("state", _ -> false)).isTrue();
        assertThat(query.passesText("anything")).isTrue();
    }

    @Test
    void wordsOfOneKeyMeanAnyOfThem() {
        var query = Query.parse("state:critical state:stale", KEYS);

        assertThat(query.passes("state", "stale"::equals)).isTrue();
        assertThat(query.passes("state", "ok"::equals)).isFalse();
    }

    @Test
    void aWordAfterMinusMustNotBe() {
        var query = Query.parse("-state:ok -varnish", KEYS);

        assertThat(query.passes("state", "ok"::equals)).isFalse();
        assertThat(query.passes("state", "stale"::equals)).isTrue();
        assertThat(query.passesText("Varnish is down")).isFalse();
        assertThat(query.passesText("nginx is down")).isTrue();
    }

    @Test
    void freeWordsMustAllBeThereInAnyCase() {
        var query = Query.parse("Backend fetch \"HTTP/1.1 503\"", KEYS);

        assertThat(query.passesText("http/1.1 503 backend FETCH failed")).isTrue();
        assertThat(query.passesText("http/1.1 500 backend fetch failed")).isFalse();
    }

    @Test
    void aQuotedValueMayHaveSpaces() {
        assertThat(Query.parse("system:\"two words\" x", KEYS).terms())
                .containsExactly(
                        new Query.Term(false, "system", "two words"),
                        new Query.Term(false, Query.FREE, "x"));
    }

    @Test
    void anAddressIsAFreeWord() {
        var query = Query.parse("http://shop:8781/", KEYS);

        assertThat(query.problems()).isEmpty();
        assertThat(query.wanted(Query.FREE)).containsExactly("http://shop:8781/");
    }

    @Test
    void aLabelIsAWordWithAnEqualsSign() {
        assertThat(Query.parse("customer=muster", KEYS).wanted(Query.LABEL))
                .containsExactly("customer=muster");
        assertThat(Query.parse("customer=muster", Set.of("state")).wanted(Query.FREE))
                .containsExactly("customer=muster");
    }

    @Test
    void anUnknownKeyIsSaidInWordsAndFiltersNothing() {
        var query = Query.parse("colour:red", KEYS);

        assertThat(query.isEmpty()).isTrue();
        assertThat(query.says("3 systems"))
                .contains("colour:", "no filter here", "state: system: label=value", "3 systems");
    }

    @Test
    void aValueThatAKeyDoesNotHaveIsSaidInWords() {
        var states = List.of("ok", "stale");

        assertThat(
                        Query.parse("state:broken", KEYS)
                                .known("state", states, states::contains)
                                .says(""))
                .contains("state:broken", "ok, stale");
    }

    @Test
    void timesAreAgesDaysOrInstants() {
        assertThat(moment("since:6h")).isEqualTo(Instant.parse("2026-11-21T21:00:00Z"));
        assertThat(moment("since:2026-11-20")).isEqualTo(Instant.parse("2026-11-19T23:00:00Z"));
        assertThat(moment("since:2026-11-20T01:02:03Z"))
                .isEqualTo(Instant.parse("2026-11-20T01:02:03Z"));
    }

    private static Instant moment(String text) {
        return Query.parse(text, KEYS).moment("since", NOW, ZONE).orElseThrow();
    }

    @Test
    void aGarbageTimeIsRefused() {
        assertThatThrownBy(() -> moment("since:yesterday"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("since:yesterday");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                ":",
                "--",
                "\"",
                "-\"",
                "state:",
                "-state:",
                "state:\"",
                "=",
                "a=",
                "::::",
                "\u0000",
                "- - -",
                "state:\"a",
                "<script>"
            })
    void anythingCanBeTyped(String text) {
        assertThat(Query.parse(text, KEYS).text()).isEqualTo(text);
    }
}
