package aramaki.server.home;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.State;
import aramaki.server.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One cause is one line.
class NeedsTest {
    private static final Instant NOON = new TestClock().instant();
    private static final Function<Alert, Optional<AlertKey>> NO_CAUSE = _ -> Optional.empty();

    private static Alert alert(String key, State severity, int minutesAgo) {
        return new Alert(
                AlertKey.parse(key),
                new EpisodeId("e_" + "a".repeat(16)),
                new AlertState.Firing(),
                severity,
                NOON.minus(Duration.ofMinutes(minutesAgo)),
                "");
    }

    private static Alert critical(String key) {
        return alert(key, State.CRITICAL, 5);
    }

    private static List<String> lines(List<Need> needs) {
        return needs.stream()
                .map(
                        n ->
                                n.fold()
                                        + " "
                                        + String.join(
                                                " ",
                                                n.alerts().stream()
                                                        .map(a -> a.key().toString())
                                                        .toList()))
                .toList();
    }

    @Test
    void theWorstStandsFirstAndOfThoseTheLatest() {
        var needs =
                Needs.fold(
                        List.of(
                                alert("a/web1/load", State.WARNING, 1),
                                alert("b/web2/disk", State.CRITICAL, 60),
                                alert("c/web3/swap", State.CRITICAL, 2),
                                alert("d/web4/raid", State.STALE, 1)),
                        NO_CAUSE);

        assertThat(lines(needs))
                .containsExactly(
                        "NONE c/web3/swap",
                        "NONE b/web2/disk",
                        "NONE d/web4/raid",
                        "NONE a/web1/load");
    }

    @Test
    void checksOfOneEntityInOneSystemAreOneLine() {
        var needs =
                Needs.fold(
                        List.of(
                                alert("shop/web1/load", State.WARNING, 1),
                                alert("shop/web1/http", State.CRITICAL, 9),
                                alert("other/web1/http", State.CRITICAL, 8)),
                        NO_CAUSE);

        assertThat(lines(needs))
                .containsExactly("ENTITY shop/web1/http shop/web1/load", "NONE other/web1/http");
        assertThat(needs.getFirst().severity()).isEqualTo(State.CRITICAL);
        assertThat(needs.getFirst().earliest()).isEqualTo(NOON.minus(Duration.ofMinutes(9)));
        assertThat(needs.getFirst().latest()).isEqualTo(NOON.minus(Duration.ofMinutes(1)));
    }

    @Test
    void oneCheckAtThreeEntitiesIsOneLineAtTwoItIsTwo() {
        var three = Stream.of("web1", "web2", "web3").map(e -> critical("shop/" + e + "/http"));
        assertThat(lines(Needs.fold(three.toList(), NO_CAUSE)))
                .containsExactly("CHECK shop/web1/http shop/web2/http shop/web3/http");

        var two = Stream.of("web1", "web2").map(e -> critical("shop/" + e + "/http"));
        assertThat(Needs.fold(two.toList(), NO_CAUSE)).hasSize(2);
    }

    @Test
    void theLargestGroupIsTakenFirstAndNothingIsTwiceOrLost() {
        var firing = new ArrayList<Alert>();
        for (int i = 0; i < 5; i++) {
            firing.add(critical("shop/web" + i + "/http"));
        }
        firing.add(critical("shop/web0/load"));
        firing.add(critical("shop/web0/disk"));
        firing.add(critical("shop/web9/load"));

        var needs = Needs.fold(firing, NO_CAUSE);

        assertThat(lines(needs))
                .contains("ENTITY shop/web0/disk shop/web0/load", "NONE shop/web9/load")
                .anyMatch(l -> l.startsWith("CHECK shop/web0/http"));
        assertThat(needs.stream().flatMap(n -> n.alerts().stream()))
                .containsExactlyInAnyOrderElementsOf(firing);
    }

    @Test
    void whatASilentAgentHidesStandsUnderTheAlertAboutTheAgent() {
        var agent = alert("hosts/web1/agent", State.STALE, 3);
        var firing =
                List.of(
                        critical("shop/web1/http"),
                        agent,
                        critical("db/web1/disk"),
                        critical("shop/web2/http"));

        var needs =
                Needs.fold(
                        firing,
                        a ->
                                a.key().about().entity().value().equals("web1") && !a.equals(agent)
                                        ? Optional.of(agent.key())
                                        : Optional.empty());

        assertThat(lines(needs))
                .containsExactly(
                        "AGENT hosts/web1/agent db/web1/disk shop/web1/http",
                        "NONE shop/web2/http");
        assertThat(needs.getFirst().severity()).isEqualTo(State.CRITICAL);
    }

    @Test
    void aCauseThatDoesNotFireOrPointsAtItselfHidesNothing() {
        var firing = List.of(critical("a/web1/http"), critical("b/web2/http"));

        assertThat(Needs.fold(firing, _ -> Optional.of(AlertKey.parse("x/web1/agent")))).hasSize(2);
        assertThat(Needs.fold(firing, a -> Optional.of(a.key()))).hasSize(2);
        assertThat(
                        Needs.fold(
                                firing,
                                a ->
                                        Optional.of(
                                                firing.get(a.equals(firing.get(0)) ? 1 : 0).key())))
                .hasSize(2);
    }

    @Test
    void tenThousandOfOneSystemAreFoldedInLinearTime() {
        var firing = new ArrayList<Alert>();
        for (int entity = 0; entity < 1000; entity++) {
            for (int check = 0; check < 10; check++) {
                firing.add(critical("shop/web" + entity + "/check" + check));
            }
        }

        var needs = Needs.fold(firing, NO_CAUSE);

        assertThat(needs).hasSize(10).allMatch(n -> n.fold() == Need.Fold.CHECK);
    }
}
