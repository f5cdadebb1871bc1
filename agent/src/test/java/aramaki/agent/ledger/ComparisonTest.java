package aramaki.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.Given;
import aramaki.agent.ledger.Disagreement.Kind;
import aramaki.model.observation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final State OK = State.OK;
    private static final State BAD = State.CRITICAL;
    private static final Instant NOON = Given.NOON;

    @TempDir Path folder;
    private final StringBuilder ledger = new StringBuilder();
    private final List<Seen> seen = new ArrayList<>();
    private long number = 100;

    @BeforeEach
    void begin() {
        ledger.append("aramaki-ledger 1\nrun 1 5000\ncheck 1 sim load\nspool 1 a1 e1\n");
    }

    @Test
    void whatWasMadeAndIsThereAgrees() throws Exception {
        for (int i = 1; i <= 4; i++) {
            made(i, OK);
            there(i, OK);
        }
        acked(4);
        seen.add(result("other", "e9", 7, OK, 7)); // no agent of ours

        assertThat(compare().disagreements()).isEmpty();
        assertThat(compare().acked()).isEqualTo(4);
        assertThat(compare().results()).isEqualTo(4);
    }

    @Test
    void anAcknowledgedResultThatIsNotThereIsMissing() throws Exception {
        made(1, OK);
        made(2, BAD);
        made(3, OK);
        acked(2);
        there(1, OK);

        assertThat(texts())
                .satisfiesExactly(
                        two ->
                                assertThat(two)
                                        .startsWith("missing: a1 spool e1 result 2: acknowledged")
                                        .contains("sim/a1/load critical"),
                        three ->
                                assertThat(three)
                                        .startsWith("missing: a1 spool e1 result 3: made"));
    }

    @Test
    void aRefusedResultIsAccountedFor() throws Exception {
        made(1, OK);
        acked(1);
        seen.add(new Seen.Refusal("a1", "e1", 1, "why"));

        assertThat(compare().disagreements()).isEmpty();
        assertThat(compare().refused()).isEqualTo(1);
    }

    @Test
    void aGapExcusesNothingUnlessItMay() throws Exception {
        made(1, OK);
        acked(1);
        seen.add(new Seen.Gap("a1", "e1", 1, 1));

        assertThat(kinds()).containsExactly(Kind.MISSING);
        assertThat(compare(true).disagreements()).isEmpty();
        assertThat(compare(true).gaps()).isEqualTo(1);
    }

    @Test
    void theSameResultTwiceIsDouble() throws Exception {
        made(1, OK);
        there(1, OK);
        there(1, OK);

        assertThat(texts())
                .containsExactly(
                        "double: a1 spool e1 result 1: stands there as o_101 and as o_102");
    }

    @Test
    void oneThatStandsBehindALaterOneIsOutOfOrder() throws Exception {
        made(1, OK);
        made(2, OK);
        there(2, OK);
        there(1, OK);

        assertThat(kinds()).containsExactly(Kind.ORDER);
    }

    @Test
    void anotherStateThanWasMadeIsChangedAndOneThatNobodyMadeIsInvented() throws Exception {
        made(1, BAD);
        there(1, OK);
        there(2, OK);

        assertThat(kinds()).containsExactly(Kind.CHANGED, Kind.INVENTED);
    }

    @Test
    void aBadStateThatLastedWithoutAnAlertIsNamed() throws Exception {
        bad(1, 7);

        assertThat(texts()).singleElement().asString().contains("sim/a1/load: bad from");
    }

    @Test
    void aBadStateThatWasOverSoonerThanTheTtlDemandsNothing() throws Exception {
        bad(1, 4);
        made(5, OK);
        there(5, OK);

        assertThat(compare().disagreements()).isEmpty();
    }

    @Test
    void whatCameTooLateDemandsNothing() throws Exception {
        for (int i = 1; i <= 9; i++) {
            made(i, BAD);
            seen.add(result("a1", "e1", i, BAD, 100));
        }

        assertThat(compare().disagreements()).isEmpty();
    }

    @Test
    void anAlertOverItAllAgreesAndOneThatEndedTooEarlyDoesNot() throws Exception {
        bad(1, 9);
        seen.add(fired("ep1", "critical", 1));
        seen.add(new Seen.Firing("sim", "a1", "load"));
        assertThat(compare().disagreements()).isEmpty();

        seen.removeLast();
        assertThat(texts()).singleElement().asString().contains("not in the list of alerts");

        seen.add(new Seen.Resolved("sim", "a1", "load", "ep1", NOON.plusSeconds(3)));
        assertThat(texts()).singleElement().asString().contains("no alert covers it");
    }

    @Test
    void anAlertWithoutABadResultHasNoCause() throws Exception {
        made(1, OK);
        there(1, OK);
        seen.add(fired("ep1", "critical", 1));
        seen.add(new Seen.Resolved("sim", "a1", "load", "ep1", NOON.plusSeconds(3)));

        assertThat(texts()).singleElement().asString().contains("without a cause");
    }

    @Test
    void anAlertAboutSilenceIsCausedBySilenceOnly() throws Exception {
        made(1, OK);
        there(1, OK);
        seen.add(fired("ep1", "stale", 7));
        seen.add(new Seen.Firing("sim", "a1", "load"));
        assertThat(compare().disagreements()).isEmpty();

        made(2, OK);
        there(2, OK);
        made(6, OK);
        there(6, OK);
        assertThat(texts()).singleElement().asString().contains("without a cause");
    }

    @Test
    void twoAlertsOfOneCheckAtOnceAreNamed() throws Exception {
        bad(1, 9);
        seen.add(fired("ep1", "critical", 1));
        seen.add(fired("ep2", "critical", 2));
        seen.add(new Seen.Firing("sim", "a1", "load"));

        assertThat(texts())
                .singleElement()
                .asString()
                .contains("fired as ep2 while ep1 was firing");
    }

    @Test
    void anAlertAboutAnAgentNeedsAnAgentThatWasSilent() throws Exception {
        made(1, OK);
        there(1, OK);
        var at = NOON.plusSeconds(20);
        seen.add(new Seen.Fired("sim", "a1", "agent", "ep1", "stale", at, at));
        seen.add(new Seen.Firing("sim", "a1", "agent"));
        assertThat(compare().disagreements()).isEmpty();

        made(15, OK);
        there(15, OK);
        assertThat(texts()).singleElement().asString().contains("without a cause");
    }

    private void bad(int from, int to) {
        for (int i = from; i <= to; i++) {
            made(i, BAD);
            there(i, BAD);
        }
    }

    private void made(int seq, State state) {
        long at = NOON.plusSeconds(seq).toEpochMilli();
        ledger.append("made 1 " + seq + " 1 " + state.word() + " " + at + "\n");
    }

    private void acked(int seq) {
        ledger.append("acked 1 " + seq + " 1\n");
    }

    private void there(int seq, State state) {
        seen.add(result("a1", "e1", seq, state, seq));
    }

    private Seen.Result result(String agent, String epoch, int seq, State state, int committed) {
        return new Seen.Result(
                ++number,
                agent,
                epoch,
                seq,
                "sim",
                agent,
                "load",
                state.word(),
                NOON.plusSeconds(seq),
                NOON.plusSeconds(committed));
    }

    private static Seen.Fired fired(String episode, String severity, int second) {
        var at = NOON.plusSeconds(second);
        return new Seen.Fired("sim", "a1", "load", episode, severity, at, at);
    }

    private List<Kind> kinds() throws IOException {
        return compare().disagreements().stream().map(Disagreement::kind).toList();
    }

    private List<String> texts() throws IOException {
        return compare().disagreements().stream().map(Disagreement::toString).toList();
    }

    private Comparison.Outcome compare() throws IOException {
        return compare(false);
    }

    private Comparison.Outcome compare(boolean gapsAllowed) throws IOException {
        Path file = folder.resolve("ledger");
        Files.writeString(file, ledger);
        var comparison = new Comparison(Book.read(file), gapsAllowed);
        seen.forEach(comparison::take);
        return comparison.outcome();
    }
}
