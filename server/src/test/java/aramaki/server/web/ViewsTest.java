package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Latest;
import aramaki.server.observation.Trail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ViewsTest {

    @Test
    void aListShowsTheFirstLineOfAnOutput() {
        assertThat(Views.line("first\nsecond")).isEqualTo("first");
        assertThat(Views.line("")).isEmpty();
    }

    @Test
    void aLongLineIsCutBetweenCharacters() {
        assertThat(Views.line("x".repeat(300))).hasSize(300);
        assertThat(Views.line("x".repeat(301))).isEqualTo("x".repeat(300) + " …");
        assertThat(Views.line("x" + "😀".repeat(200))).isEqualTo("x" + "😀".repeat(149) + " …");
    }

    @Test
    void aStaleStateSaysWhatFellSilentAndWhatWasLastKnown() {
        var key = CheckKey.of("shop", "web1", "load");
        var at = Instant.EPOCH;
        var latest =
                new Latest(
                        key,
                        State.OK,
                        State.OK,
                        Optional.empty(),
                        at,
                        at,
                        0,
                        "",
                        List.of(),
                        1,
                        "",
                        Trail.begin(State.OK, at));

        assertThat(because(key, State.STALE, State.OK, StaleBecause.AGENT, latest))
                .isEqualTo("agent silent, was ok");
        assertThat(because(key, State.STALE, State.CRITICAL, StaleBecause.CHECK, latest))
                .isEqualTo("no result for too long, was critical");
        assertThat(because(key, State.STALE, State.PENDING, StaleBecause.AGENT, null))
                .isEqualTo("agent silent, never seen");
        assertThat(because(key, State.PENDING, State.PENDING, null, null))
                .isEqualTo("no result yet");
        assertThat(because(key, State.OK, State.OK, null, latest)).isEmpty();
    }

    private static String because(
            CheckKey key,
            State state,
            State last,
            @Nullable StaleBecause because,
            @Nullable Latest latest) {
        return Views.because(
                new CheckStatus(
                        key,
                        state,
                        last,
                        Optional.ofNullable(because),
                        Optional.empty(),
                        Optional.ofNullable(latest)));
    }
}
