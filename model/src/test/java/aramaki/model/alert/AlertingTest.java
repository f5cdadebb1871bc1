package aramaki.model.alert;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.Alerting.Verdict;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Optional<Alert> alert(AlertState state, State severity) {
        return Optional.of(
                new Alert(
                        new AlertKey(CheckKey.of("shop", "web1", "http")),
                        new EpisodeId("e_aaaaaaaaaaaaaaaa"),
                        state,
                        severity,
                        NOON,
                        "refused"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnAlertABadStateFiresAndAGoodOneDoesNot(State now) {
        assertThat(Alerting.judge(Optional.empty(), now))
                .isEqualTo(now.bad() ? Verdict.FIRE : Verdict.LEAVE);
    }

    @ParameterizedTest
    @EnumSource
    void aResolvedAlertFiresAnewWhateverItWas(State now) {
        for (State before : State.values()) {
            assertThat(Alerting.judge(alert(new AlertState.Resolved(NOON), before), now))
                    .as(before + " to " + now)
                    .isEqualTo(now.bad() ? Verdict.FIRE : Verdict.LEAVE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFiringAlertFollowsTheStateAndResolvesWhenItIsGood(State now) {
        for (State before : State.values()) {
            var expected =
                    !now.bad()
                            ? Verdict.RESOLVE
                            : now == before ? Verdict.LEAVE : Verdict.CHANGE_SEVERITY;

            assertThat(Alerting.judge(alert(new AlertState.Firing(), before), now))
                    .as(before + " to " + now)
                    .isEqualTo(expected);
        }
    }
}
