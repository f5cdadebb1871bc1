package aramaki.agent;

import aramaki.agent.observe.Observed;
import aramaki.agent.policy.HostPolicy;
import aramaki.model.observation.State;
import java.time.InstantSource;
import java.util.List;

/// The program with checks that see nothing, for tests of everything around them.
final class StandInMain {
    private StandInMain() {}

    static void main(String[] args) {
        var clock = InstantSource.system();
        CheckRunning checks =
                (_, _) ->
                        new CheckRunning.Prepared(
                                assignment ->
                                        new Observed(
                                                State.OK,
                                                "OK - " + assignment.check(),
                                                List.of(),
                                                clock.instant(),
                                                clock.instant()),
                                "stand-in: sees nothing",
                                HostPolicy.DEFAULT);
        System.exit(AgentMain.commands(checks).execute(args));
    }
}
