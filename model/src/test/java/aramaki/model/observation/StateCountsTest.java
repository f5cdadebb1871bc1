package aramaki.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateCountsTest {
    private static final List<State> ALL = List.of(State.values());

    @Test
    void statesAreCounted() {
        var counts = StateCounts.of(List.of(State.OK, State.STALE, State.OK));

        assertThat(counts.of(State.OK)).isEqualTo(2);
        assertThat(counts.of(State.STALE)).isEqualTo(1);
        assertThat(counts.of(State.CRITICAL)).isZero();
        assertThat(counts.total()).isEqualTo(3);
        assertThat(counts.worst()).isEqualTo(State.STALE);
    }

    @Test
    void nothingCountedIsPending() {
        assertThat(StateCounts.of(List.of()).total()).isZero();
        assertThat(StateCounts.of(List.of()).worst()).isEqualTo(State.PENDING);
    }

    @Test
    void theCountsAgreeWithTheStates() {
        var random = new Random(5);
        for (int run = 0; run < 200; run++) {
            var states = new ArrayList<State>();
            for (int i = random.nextInt(30); i > 0; i--) {
                states.add(ALL.get(random.nextInt(ALL.size())));
            }

            var counts = StateCounts.of(states);

            assertThat(counts.total()).as("run " + run).isEqualTo(states.size());
            assertThat(counts.worst()).as("run " + run).isEqualTo(State.worst(states));
        }
    }
}
