package aramaki.model.observation;

import static aramaki.model.observation.State.CRITICAL;
import static aramaki.model.observation.State.OK;
import static aramaki.model.observation.State.PENDING;
import static aramaki.model.observation.State.STALE;
import static aramaki.model.observation.State.UNKNOWN;
import static aramaki.model.observation.State.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateTest {
    @Test
    void theWorstComesFirstWhenSortedBackwards() {
        assertThat(Stream.of(State.values()).sorted(Comparator.reverseOrder()))
                .containsExactly(CRITICAL, STALE, UNKNOWN, WARNING, PENDING, OK);
    }

    @Test
    void theWorstOfSomeIsFoundAndOfNoneIsPending() {
        assertThat(State.worst(List.of(OK, STALE, UNKNOWN))).isEqualTo(STALE);
        assertThat(State.worst(List.of(OK, PENDING))).isEqualTo(PENDING);
        assertThat(State.worst(List.of(OK))).isEqualTo(OK);
        assertThat(State.worst(List.of())).isEqualTo(PENDING);
    }

    @Test
    void staleAndUnknownAreNeverGood() {
        assertThat(Stream.of(State.values()).filter(State::bad))
                .containsExactlyInAnyOrder(WARNING, UNKNOWN, STALE, CRITICAL);
    }

    @Test
    void everyWordIsReadBack() {
        for (State state : State.values()) {
            assertThat(State.ofWord(state.word())).isEqualTo(state);
        }
        assertThatThrownBy(() -> State.ofWord("fine")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyExitCodeBeyondTheProtocolIsUnknown() {
        assertThat(State.ofExitCode(0)).isEqualTo(OK);
        assertThat(State.ofExitCode(1)).isEqualTo(WARNING);
        assertThat(State.ofExitCode(2)).isEqualTo(CRITICAL);
        for (int code : List.of(3, 4, 126, 127, 137, 255, -1)) {
            assertThat(State.ofExitCode(code)).isEqualTo(UNKNOWN);
        }
    }
}
