package aramaki.agent.observe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

@Timeout(60)
class DnsProbeTest {
    private static final String RIGHT = "shop.example A 192.0.2.7";

    @TempDir Path folder;

    private static Finding ask(FakeDns server, String... more) throws Exception {
        return ask(Look.LONG, server, more);
    }

    private static Finding ask(Duration timeout, FakeDns server, String... more) throws Exception {
        var pairs =
                new ArrayList<>(
                        List.of(
                                "name",
                                "shop.example",
                                "server",
                                "127.0.0.1",
                                "port",
                                server.port()));
        pairs.addAll(List.of(more));
        return Look.at(
                Look.probes(InstantSource.system()),
                ProbeKind.DNS,
                timeout,
                pairs.toArray(String[]::new));
    }

    private static void critical(Finding finding, String output) {
        assertThat(finding.output()).contains(output);
        assertThat(finding.state()).isEqualTo(State.CRITICAL);
    }

    @Test
    void anAnswerIsTold() throws Exception {
        try (var server = FakeDns.with(RIGHT, "shop.example A 192.0.2.8")) {
            Finding finding = ask(server);

            assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
            assertThat(finding.output())
                    .matches("shop.example A: 192.0.2.7, 192.0.2.8 in [0-9.]+ s from 127.0.0.1");
            assertThat(Look.metric(finding, "time").unit()).isEqualTo("s");
            assertThat(ask(server, "expect", "192.0.2.8, 192.0.2.7").state()).isEqualTo(State.OK);
            assertThat(ask(server, "crit", "@0:60").output()).contains("critical from 0 s to 60 s");
        }
    }

    @Test
    void aServerThatLiesIsCritical() throws Exception {
        try (var server = FakeDns.with("shop.example A 203.0.113.66")) {
            critical(
                    ask(server, "expect", "192.0.2.7"),
                    "shop.example A: 203.0.113.66; expected 192.0.2.7 in ");
        }
    }

    @Test
    void oneAnswerMoreThanExpectedIsCritical() throws Exception {
        try (var server = FakeDns.with(RIGHT, "shop.example A 203.0.113.66")) {
            critical(ask(server, "expect", "192.0.2.7"), "192.0.2.7, 203.0.113.66; expected 192.0");
        }
    }

    @Test
    void recordsOfOtherNamesDoNotCount() throws Exception {
        try (var server = FakeDns.with("bank.example A 203.0.113.66")) {
            critical(ask(server), "shop.example A: no answer of this type; expected an answer");
        }
    }

    @Test
    void anAliasIsFollowedAndNamed() throws Exception {
        try (var server =
                FakeDns.with(
                        "shop.example CNAME www.shop.example.",
                        "WWW.shop.example CNAME cdn.example.",
                        "cdn.example A 192.0.2.7")) {
            assertThat(ask(server, "expect", "192.0.2.7"))
                    .satisfies(f -> assertThat(f.state()).as(f.output()).isEqualTo(State.OK))
                    .satisfies(
                            f ->
                                    assertThat(f.output())
                                            .startsWith(
                                                    "shop.example A: alias of www.shop.example, of"
                                                            + " cdn.example: 192.0.2.7 in "));
        }
    }

    @Test
    void aliasesThatLeadInACircleAreCritical() throws Exception {
        try (var server =
                FakeDns.with("shop.example CNAME b.example.", "b.example CNAME shop.example.")) {
            critical(
                    ask(server),
                    "its aliases lead in a circle: shop.example to b.example to shop.example");
        }
    }

    @Test
    void aliasesWithoutEndAreCritical() throws Exception {
        String[] chain =
                IntStream.range(0, 40)
                        .mapToObj(
                                i ->
                                        (i == 0 ? "shop" : "a" + i)
                                                + ".example CNAME a"
                                                + (i + 1)
                                                + ".example.")
                        .toArray(String[]::new);
        try (var server = FakeDns.with(chain)) {
            critical(ask(server), "there are more than 16 aliases");
        }
    }

    @Test
    void aNameThatDoesNotExistIsCriticalUnlessExpected() throws Exception {
        try (var server =
                FakeDns.of(question -> List.of(FakeDns.failing(question, "NXDOMAIN").toWire()))) {
            critical(ask(server), "the name does not exist (NXDOMAIN); expected an answer");
            assertThat(ask(server, "expect", "none").state()).isEqualTo(State.OK);
        }
    }

    @Test
    void aServerThatFailsIsCritical() throws Exception {
        try (var server =
                FakeDns.of(question -> List.of(FakeDns.failing(question, "SERVFAIL").toWire()))) {
            critical(ask(server), "shop.example A: the server fails (SERVFAIL)");
            critical(ask(server, "expect", "none"), "the server fails (SERVFAIL)");
        }
    }

    private static byte[] withId(Message answer, int id) {
        answer.getHeader().setID(id);
        return answer.toWire();
    }

    @Test
    void packetsWithAWrongIdArePassedOver() throws Exception {
        try (var server =
                FakeDns.of(
                        question -> {
                            int wrong = question.getHeader().getID() ^ 1;
                            return List.of(
                                    withId(
                                            FakeDns.answer(question, "shop.example A 6.6.6.6"),
                                            wrong),
                                    FakeDns.answer(question, RIGHT).toWire());
                        })) {
            Finding finding = ask(server, "expect", "192.0.2.7");

            assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
            assertThat(finding.output()).endsWith("; packets that were no answer came too: 1");
        }
    }

    @Test
    void onlyPacketsWithAWrongIdAreCritical() throws Exception {
        try (var server =
                FakeDns.of(
                        question ->
                                List.of(
                                        withId(
                                                FakeDns.answer(question, RIGHT),
                                                question.getHeader().getID() ^ 1)))) {
            critical(
                    ask(Duration.ofMillis(600), server),
                    "no answer within 0.54 s; 3 packets with a wrong id came");
        }
    }

    @Test
    void answersToAnotherQuestionArePassedOver() throws Exception {
        try (var server =
                FakeDns.of(
                        question -> {
                            var other = FakeDns.answer(question, RIGHT);
                            other.removeAllRecords(org.xbill.DNS.Section.QUESTION);
                            return List.of(other.toWire());
                        })) {
            critical(ask(Duration.ofMillis(600), server), "3 packets with another question came");
        }
    }

    @Test
    void answersWithoutEndAreCutOff() throws Exception {
        try (var server =
                FakeDns.of(
                        question -> {
                            byte[] wrong =
                                    withId(
                                            FakeDns.answer(question, RIGHT),
                                            question.getHeader().getID() ^ 1);
                            return java.util.Collections.nCopies(5000, wrong);
                        })) {
            assertThat(ask(Duration.ofSeconds(3), server).output())
                    .matches(".*[0-9]+ packets with a wrong id came.*");
        }
    }

    @Test
    void whatIsNoMessageIsCritical() throws Exception {
        try (var server =
                FakeDns.of(
                        question -> {
                            byte[] whole = FakeDns.answer(question, RIGHT).toWire();
                            return List.of(java.util.Arrays.copyOf(whole, whole.length - 3));
                        })) {
            critical(ask(server), "its answer is no DNS message that can be read (");
        }
    }

    @Test
    void whateverIsDoneToAnAnswerItIsJudged() throws Exception {
        var random = new java.util.Random(7);
        try (var server =
                FakeDns.of(
                        question -> {
                            byte[] bytes =
                                    FakeDns.answer(
                                                    question,
                                                    "shop.example CNAME a.example.",
                                                    "a.example A 192.0.2.7")
                                            .toWire();
                            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                                bytes[2 + random.nextInt(bytes.length - 2)] =
                                        (byte) random.nextInt(256);
                            }
                            return List.of(bytes);
                        })) {
            for (int i = 0; i < 100; i++) {
                assertThat(ask(Duration.ofMillis(30), server).state())
                        .isIn(State.OK, State.CRITICAL);
            }
        }
    }

    private static List<byte[]> cut(Message question) throws java.io.IOException {
        var cut = FakeDns.answer(question);
        cut.getHeader().setFlag(Flags.TC);
        return List.of(cut.toWire());
    }

    @Test
    void aTruncatedAnswerIsAskedForByTcp() throws Exception {
        try (var server =
                FakeDns.of(
                        DnsProbeTest::cut,
                        (question, out) ->
                                FakeDns.frame(out, FakeDns.answer(question, RIGHT).toWire()))) {
            Finding finding = ask(server, "expect", "192.0.2.7");

            assertThat(finding.state()).as(finding.output()).isEqualTo(State.OK);
            assertThat(finding.output()).endsWith(" from 127.0.0.1 by TCP");
        }
    }

    @Test
    void aTcpAnswerThatEndsEarlyIsCritical() throws Exception {
        try (var server =
                FakeDns.of(
                        DnsProbeTest::cut,
                        (_, out) -> {
                            out.write(new byte[] {1, 0, 42});
                            out.flush();
                        })) {
            critical(ask(server), "it ended its answer by TCP within a message");
        }
    }

    @Test
    void aTcpAnswerThatNeverEndsIsCutOff() throws Exception {
        try (var server = FakeDns.of(DnsProbeTest::cut, (_, out) -> drip(out))) {
            critical(ask(Duration.ofSeconds(1), server), "no answer within 0.9 s");
        }
    }

    /// One byte of a message of 64 KiB at a time, for ever.
    private static void drip(OutputStream out) throws java.io.IOException {
        out.write(new byte[] {-1, -1});
        while (true) {
            out.write(0);
            out.flush();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void aTcpAnswerToAnotherQuestionIsCritical() throws Exception {
        try (var server =
                FakeDns.of(
                        DnsProbeTest::cut,
                        (question, out) ->
                                FakeDns.frame(
                                        out,
                                        withId(
                                                FakeDns.answer(question, RIGHT),
                                                question.getHeader().getID() ^ 1)))) {
            critical(ask(server), "its answer by TCP is to another question");
        }
    }

    @Test
    void aServerThatIsSilentOrNotThereIsCritical() throws Exception {
        try (var silent = FakeDns.of(_ -> List.of())) {
            critical(ask(Duration.ofMillis(500), silent), "no answer within 0.45 s");
        }
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        critical(
                Look.at(
                        ProbeKind.DNS,
                        "name",
                        "x.example",
                        "server",
                        "127.0.0.1",
                        "port",
                        "" + port),
                "x.example A at 127.0.0.1: ");
    }

    @Test
    void otherTypesAreComparedInTheirOwnForm() throws Exception {
        try (var mx = FakeDns.with("shop.example MX 10 MX1.shop.example.");
                var txt = FakeDns.with("shop.example TXT \"v=spf1 \" \"-all\"");
                var ptr = FakeDns.with("7.2.0.192.in-addr.arpa PTR shop.example.")) {
            assertThat(ask(mx, "type", "MX", "expect", "10 mx1.shop.example").state())
                    .isEqualTo(State.OK);
            assertThat(ask(txt, "type", "TXT", "expect", "v=spf1 -all").state())
                    .isEqualTo(State.OK);
            assertThat(
                            ask(ptr, "type", "PTR", "name", "192.0.2.7", "expect", "shop.example")
                                    .output())
                    .startsWith("7.2.0.192.in-addr.arpa PTR: shop.example in ");
        }
    }

    @Test
    void theServerOfTheSystemIsAskedWhenNoneIsGiven() throws Exception {
        Path conf = Files.writeString(folder.resolve("resolv.conf"), "# x\nnameserver 127.0.0.1\n");
        Path empty = Files.writeString(folder.resolve("empty.conf"), "search example\n");
        try (var server = FakeDns.with(RIGHT)) {
            var parameters =
                    Look.understood(ProbeKind.DNS, "name", "shop.example", "port", server.port());

            assertThat(DnsProbe.of(parameters, Look.LONG, conf).find().state()).isEqualTo(State.OK);
            assertThat(DnsProbe.of(parameters, Look.LONG, empty).find())
                    .isEqualTo(Finding.unknown(empty + " names no server; give one as server"));
        }
    }
}
