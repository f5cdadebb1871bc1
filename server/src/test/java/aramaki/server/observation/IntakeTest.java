package aramaki.server.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.observation.ObservationStore.Refused;
import aramaki.server.sql.SqliteBackend;
import aramaki.server.store.Backend;
import aramaki.server.store.Look;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What comes in, in whatever order and shape: nothing lost, nothing twice, nothing that blocks.
class IntakeTest {
    private static final String DISK = "shop/web1/disk";

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Backend backend;
    private Rig rig;
    private AgentRecord web1;

    /// The database it runs on.
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }

    @BeforeEach
    void open() {
        backend = backend(folder);
        rig = new Rig(backend, clock).ready();
        rig.system("shop", "disk", "load");
        rig.system("office", "disk");
        web1 = rig.agent("web1", "shop");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theFirstOkIsNoEventAndTheFirstBadOneIs() {
        rig.report(web1, "shop", "disk", "ok");
        assertThat(changes()).isEmpty();
        assertThat(rig.state(DISK)).isEqualTo("ok");
        rig.report(web1, "shop", "load", "critical");
        assertThat(changes()).containsExactly("load pending→critical");
    }

    @Test
    void aChangeOfStateIsExactlyOneEvent() {
        for (String state : List.of("ok", "ok", "warning", "warning", "critical", "ok", "ok")) {
            clock.seconds(10);
            rig.report(web1, "shop", "disk", state);
        }
        assertThat(changes())
                .containsExactly("disk ok→warning", "disk warning→critical", "disk critical→ok");
        var status = rig.status(DISK).orElseThrow();
        assertThat(status.since()).hasValue(TestClock.START.plusSeconds(60));
        assertThat(status.seenAt()).hasValue(TestClock.START.plusSeconds(70));
    }

    @Test
    void aBadResultCountsOnlyAfterEnoughAttempts() {
        rig.check("shop", "disk", "command: [check_disk]\nevery: 10s\nattempts: 3\n");
        for (String state : List.of("ok", "critical", "critical")) {
            clock.seconds(10);
            rig.report(web1, "shop", "disk", state);
        }
        assertThat(rig.state(DISK)).isEqualTo("ok");
        assertThat(changes()).isEmpty();
        clock.seconds(10);
        rig.report(web1, "shop", "disk", "critical");
        assertThat(changes()).containsExactly("disk ok→critical");
        clock.seconds(10);
        rig.report(web1, "shop", "disk", "warning"); // bad still, and believed at once
        assertThat(changes()).containsExactly("disk ok→critical", "disk critical→warning");
    }

    @Test
    void aGoodResultBetweenBadOnesBeginsTheCountAnew() {
        rig.check("shop", "disk", "command: [check_disk]\nevery: 10s\nattempts: 2\n");
        for (String state : List.of("ok", "critical", "ok", "critical", "ok")) {
            clock.seconds(10);
            rig.report(web1, "shop", "disk", state);
        }
        assertThat(changes()).isEmpty();
    }

    @Test
    void badResultsAreCountedOnAcrossARestart() {
        rig.check("shop", "disk", "command: [check_disk]\nevery: 10s\nattempts: 3\n");
        for (String state : List.of("ok", "critical", "critical")) {
            clock.seconds(5);
            rig.report(web1, "shop", "disk", state);
        }
        rig.close();
        rig = new Rig(backend, clock).ready();
        assertThat(rig.state(DISK)).isEqualTo("ok");
        for (int i = 0; i < 3; i++) {
            rig.result(web1, "shop", "disk", "ok"); // sent before the restart
        }
        clock.seconds(5);
        rig.report(web1, "shop", "disk", "critical");
        assertThat(changes()).containsExactly("disk ok→critical");
        assertThat(rig.firingKeys()).containsExactly("shop/web1/disk");
    }

    @Test
    void severalResultsOfOneCheckInAFrameCountInTheirOrder() {
        rig.send(
                web1,
                rig.result(web1, "shop", "disk", "critical", clock.instant().minusSeconds(20)),
                rig.result(web1, "shop", "disk", "ok", clock.instant().minusSeconds(10)),
                rig.result(web1, "shop", "disk", "warning", clock.instant()));
        assertThat(changes())
                .containsExactly("disk pending→critical", "disk critical→ok", "disk ok→warning");
    }

    @Test
    void aReplayedFrameIsSkippedAndAcknowledged() {
        var frame = frame(rig.result(web1, "shop", "disk", "critical"));
        assertThat(rig.intake.accept(web1, frame)).isEqualTo(1);
        assertThat(rig.intake.accept(web1, frame)).isEqualTo(1);
        assertThat(history()).hasSize(1);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void aFrameThatIsPartlyReplayedGivesOnlyItsNewResults() {
        var first = rig.result(web1, "shop", "disk", "ok");
        rig.send(web1, first);
        assertThat(rig.send(web1, first, rig.result(web1, "shop", "disk", "ok"))).isEqualTo(2);
        assertThat(history()).hasSize(2);
    }

    @Test
    void aHoleRefusesTheFrameAndNothingOfItIsKept() {
        var first = rig.result(web1, "shop", "disk", "critical");
        rig.result(web1, "shop", "disk", "critical"); // never sent
        var third = rig.result(web1, "shop", "disk", "critical");
        assertRefused("out-of-order", () -> rig.send(web1, first, third));
        assertThat(history()).isEmpty();
        assertThat(changes()).isEmpty();
        assertThat(rig.send(web1, first)).isEqualTo(1);
    }

    @Test
    void resultsOutOfOrderAreRefused() {
        var first = rig.result(web1, "shop", "disk", "ok");
        var second = rig.result(web1, "shop", "disk", "ok");
        assertRefused("out-of-order", () -> rig.send(web1, second, first));
    }

    @Test
    void resultsBeforeReadyAreRefused() {
        assertRefused(
                "unknown-epoch",
                () ->
                        rig.intake.accept(
                                web1,
                                new AgentMessage.Results(
                                        "e2",
                                        clock.instant(),
                                        List.of(rig.result(web1, "shop", "disk", "ok")))));
    }

    @Test
    void moreResultsThanAFrameHoldsAreRefused() {
        var results =
                IntStream.range(0, 501)
                        .mapToObj(_ -> rig.result(web1, "shop", "disk", "ok"))
                        .toArray(Result[]::new);
        assertRefused("too-many-results", () -> rig.send(web1, results));
    }

    @Test
    void anUnknownEpochBeginsWhereTheSpoolBegins() {
        assertThat(rig.ready(web1, "e2", 5, 9)).isEqualTo(4);
        assertThat(rig.ready(web1, "e2", 5, 9)).isEqualTo(4);
        assertThat(rig.happened(Payload.ResultsGap.class)).isEmpty();
    }

    @Test
    void whatTheSpoolDroppedBeforeWeHadItIsOneGapPerServedSystem() {
        var both = rig.agent("web2", "shop", "office");
        assertThat(rig.ready(both, "e1", 11, 20)).isEqualTo(10);
        assertThat(rig.ready(both, "e1", 11, 20)).isEqualTo(10);
        assertThat(rig.happened(Payload.ResultsGap.class))
                .containsExactly(
                        new Payload.ResultsGap("web2", "e1", 1, 10),
                        new Payload.ResultsGap("web2", "e1", 1, 10));
        assertThat(rig.happened("office", Payload.ResultsGap.class)).hasSize(1);
    }

    @Test
    void aGapThatIsToldMovesThePositionOnce() {
        var gap = new AgentMessage.Gap("e1", 1, 7);
        assertThat(rig.intake.gap(web1, gap)).isEqualTo(7);
        assertThat(rig.intake.gap(web1, gap)).isEqualTo(7);
        assertThat(rig.happened(Payload.ResultsGap.class)).hasSize(1);
        assertRefused(
                "out-of-order", () -> rig.intake.gap(web1, new AgentMessage.Gap("e1", 9, 12)));
    }

    @ParameterizedTest
    @MethodSource
    void aPositionThatCannotBeIsRefused(String epoch, long first, long next) {
        assertRefused("bad-position", () -> rig.ready(web1, epoch, first, next));
    }

    static Stream<Arguments> aPositionThatCannotBeIsRefused() {
        return Stream.of(
                Arguments.of("", 1L, 1L),
                Arguments.of("e".repeat(61), 1L, 1L),
                Arguments.of("e\u0000", 1L, 1L),
                Arguments.of("e9", 0L, 1L),
                Arguments.of("e9", -4L, 1L),
                Arguments.of("e9", 7L, 6L),
                Arguments.of("e9", 1L, Long.MIN_VALUE));
    }

    @Test
    void aResultOlderThanItsTtlFillsHistoryOnly() {
        rig.send(
                web1,
                rig.result(web1, "shop", "disk", "critical", clock.instant().minusSeconds(31)));
        assertThat(history()).hasSize(1);
        assertThat(changes()).isEmpty();
        assertThat(rig.state(DISK)).isEqualTo("pending");
    }

    @Test
    void aResultOfAnOlderSpoolDoesNotOverwriteTheLatest() {
        rig.report(web1, "shop", "disk", "ok");
        rig.send(
                web1,
                rig.result(web1, "shop", "disk", "critical", clock.instant().minusSeconds(9)));
        assertThat(history()).hasSize(2);
        assertThat(rig.state(DISK)).isEqualTo("ok");
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void aPoisonResultIsRefusedAloneAndAcknowledged(String what, Consumer<ObjectNode> spoil) {
        var poison =
                (ObjectNode) Json.tree(Json.bytes(rig.result(web1, "shop", "disk", "critical")));
        spoil.accept(poison);
        var later = rig.result(web1, "shop", "load", "critical");
        long durable = rig.send(web1, Json.convert(poison, Result.class), later);
        assertThat(durable).as("acknowledged").isEqualTo(2);
        assertThat(refusals()).as(what).hasSize(1);
        assertThat(refusals().getFirst().seq()).isEqualTo(1);
        assertThat(refusals().getFirst().reason()).isNotBlank();
        assertThat(changes()).containsExactly("load pending→critical");
        assertThat(history()).isEmpty();
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                poison("bad state word", r -> r.put("state", "fine")),
                poison("state of ours", r -> r.put("state", "stale")),
                poison("state in capitals", r -> r.put("state", "OK")),
                poison("bad check name", r -> r.put("check", "../disk")),
                poison("bad system name", r -> r.put("system", "")),
                poison("foreign entity", r -> r.put("entity", "web2")),
                poison("system not served", r -> r.put("system", "office")),
                poison("unknown system", r -> r.put("system", "nowhere")),
                poison("unknown check", r -> r.put("check", "nothing")),
                poison("huge output", r -> r.put("output", "x".repeat(131_073))),
                poison("from the future", r -> r.put("finished", in(Duration.ofMinutes(6)))),
                poison("due beyond all time", r -> r.put("due", Instant.MAX.toString())),
                poison("started before all time", r -> r.put("started", Instant.MIN.toString())),
                poison("finished before all time", r -> r.put("finished", Instant.MIN.toString())),
                poison("spooled beyond all time", r -> r.put("spooled", Instant.MAX.toString())),
                poison("too many metrics", r -> metrics(r, 1001, "{\"name\":\"m\",\"unit\":\"\"}")),
                poison("a null metric", r -> metrics(r, 1, "null")),
                poison("a metric without unit", r -> metrics(r, 1, "{\"name\":\"m\"}")),
                poison("half a character in a name", r -> r.put("check", "a\ud800")),
                poison("null system", r -> r.putNull("system")),
                poison("null entity", r -> r.putNull("entity")),
                poison("null check", r -> r.putNull("check")),
                poison("null state", r -> r.putNull("state")),
                poison("null output", r -> r.putNull("output")),
                poison("null metrics", r -> r.putNull("metrics")),
                poison("no due", r -> r.remove("due")),
                poison("no started", r -> r.remove("started")),
                poison("no finished", r -> r.remove("finished")));
    }

    @Test
    void anInfiniteMetricIsRefusedAlone() {
        var good = rig.result(web1, "shop", "disk", "critical");
        var metric = new MetricWire("m", Double.POSITIVE_INFINITY, "", null, null, null, null);
        var poison =
                new Result(
                        good.seq(),
                        good.system(),
                        good.entity(),
                        good.check(),
                        good.state(),
                        good.output(),
                        List.of(metric),
                        good.due(),
                        good.started(),
                        good.finished(),
                        good.spooled());
        assertThat(rig.send(web1, poison)).isEqualTo(1);
        assertThat(refusals()).hasSize(1);
    }

    /// Whatever a plugin prints can be stored, in every database and in every event.
    @Test
    void outputThatNoDatabaseHoldsIsMadeToFit() {
        var result =
                (ObjectNode) Json.tree(Json.bytes(rig.result(web1, "shop", "disk", "critical")));
        result.put("output", "a\u0000b\ud800c\udc00d\ud83d\udd25");
        result.putArray("metrics").addObject().put("name", "a\ud800\u0000").put("unit", "");
        assertThat(rig.send(web1, Json.convert(result, Result.class))).isEqualTo(1);
        assertThat(refusals()).isEmpty();
        var status = rig.status(DISK).orElseThrow();
        assertThat(status.output()).isEqualTo("a\ufffdb\ufffdc\ufffdd\ud83d\udd25");
        assertThat(changes()).hasSize(1);
        assertThat(history().getFirst().observation().metrics().getFirst().name())
                .isEqualTo("a\ufffd\ufffd");
    }

    @Test
    void aFrameSentAtNoTimeAtAllIsTakenAsSentNow() {
        for (var sent : new Instant[] {null, Instant.MAX, Instant.MIN}) {
            rig.intake.accept(
                    web1,
                    new AgentMessage.Results(
                            "e1", sent, List.of(rig.result(web1, "shop", "disk", "ok"))));
        }
        assertThat(history()).hasSize(3).allMatch(r -> r.sent().equals(clock.instant()));
    }

    @Test
    void hopsOfAnObservationNameItsEvent() {
        rig.report(web1, "shop", "disk", "critical");
        var change = rig.happened(Payload.StateChanged.class).getFirst();
        assertThat(change.observation()).isEqualTo("o_1");
        var hops = Look.maybe(rig.store, tx -> rig.observations.hops(tx, 1)).orElseThrow();
        assertThat(hops.event()).isEqualTo(rig.all().getLast().hash());
    }

    @Test
    void framesOfTwoAgentsAtOnceAreBothTaken() throws Exception {
        var web2 = rig.agent("web2", "shop");
        var sending =
                Stream.of(web1, web2)
                        .map(
                                agent ->
                                        new FutureTask<>(
                                                () -> {
                                                    long durable = 0;
                                                    for (int i = 0; i < 50; i++) {
                                                        durable =
                                                                rig.send(
                                                                        agent,
                                                                        rig.result(
                                                                                agent, "shop",
                                                                                "disk", "ok"));
                                                    }
                                                    return durable;
                                                }))
                        .toList();
        sending.forEach(Thread::startVirtualThread);
        for (var one : sending) {
            assertThat(one.get()).isEqualTo(50);
        }
        assertThat(history()).hasSize(100);
        assertThat(history()).extracting(ObservationStore.Recorded::number).doesNotHaveDuplicates();
    }

    @Test
    void numbersGoOnAfterARestart() {
        rig.report(web1, "shop", "disk", "ok");
        rig.close();
        rig = new Rig(backend, clock).ready();
        rig.ready(web1, "e1", 2, 2);
        rig.intake.accept(
                web1,
                frame(
                        new Result(
                                2,
                                "shop",
                                "web1",
                                "disk",
                                "ok",
                                "",
                                List.of(),
                                clock.instant(),
                                clock.instant(),
                                clock.instant(),
                                null)));
        assertThat(history()).extracting(ObservationStore.Recorded::number).containsExactly(2L, 1L);
    }

    private AgentMessage.Results frame(Result... results) {
        return new AgentMessage.Results("e1", clock.instant(), List.of(results));
    }

    private List<String> changes() {
        return rig.happened(Payload.StateChanged.class).stream()
                .map(c -> c.check() + " " + c.from() + "→" + c.to())
                .toList();
    }

    private List<ObservationStore.Recorded> history() {
        return Look.list(
                rig.store,
                tx ->
                        rig.observations.history(
                                tx,
                                new aramaki.model.system.SystemName("shop"),
                                new aramaki.model.observation.CheckName("disk"),
                                Optional.empty(),
                                Long.MAX_VALUE,
                                1000));
    }

    private List<Refused> refusals() {
        return Look.list(rig.store, tx -> rig.observations.refusals(tx, web1.id(), 100));
    }

    private static void assertRefused(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    private static Arguments poison(String what, Consumer<ObjectNode> spoil) {
        return Arguments.of(what, spoil);
    }

    private static String in(Duration time) {
        return TestClock.START.plus(time).toString();
    }

    private static void metrics(ObjectNode result, int count, String json) {
        var all = result.putArray("metrics");
        for (int i = 0; i < count; i++) {
            all.add(
                    Json.read(
                                    json.equals("null") ? "[null]" : "[" + json + "]",
                                    com.fasterxml.jackson.databind.JsonNode.class)
                            .get(0));
        }
    }
}
