package aramaki.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.log.Head;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.sql.SqliteBackend;
import aramaki.server.store.Backend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every kind of damage is found, is named by log and seq, and keeps nothing else from being found.
class VerifyTest {
    private static final SecretKey LOG_KEY = SecretKey.ofSeed(new byte[32]);

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private SystemId shop;
    private LogId ops;

    /// The database it runs on.
    protected Backend backend(Path folder) {
        return new SqliteBackend(folder);
    }

    /// A connection of its own, which damages what the store holds.
    protected Connection damaging(Backend backend) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + ((SqliteBackend) backend).file());
    }

    /// Bytes as a literal, from hexadecimal digits.
    protected String bytes(String hex) {
        return "x'" + hex + "'";
    }

    protected String bytesType() {
        return "blob";
    }

    @BeforeEach
    void open() {
        rig = new Rig(backend(folder), clock);
        shop = rig.system("shop").id();
        ops = new LogId(shop, EventClass.OPS);
        for (int i = 2; i <= 5; i++) { // seq 1 is the definition
            note("note " + i);
        }
        new Heads(rig.store, rig.events, LOG_KEY).run(clock.instant());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatIsWholeHasNoProblems() {
        var report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.logs()).isEqualTo(4);
        assertThat(report.heads()).isEqualTo(4);
        assertThat(report.events()).isEqualTo(8);
    }

    @Test
    void eventsAfterTheLastHeadAreNoProblem() {
        note("not signed yet");
        assertThat(verify().problems()).isEmpty();
    }

    @Test
    void aPrunedPayloadIsCountedAndNoProblem() throws SQLException {
        sql("update event set payload = null where %s and seq = 3");
        var report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.pruned()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "payload", "salt"})
    void aFlippedByteIsFound(String column) throws SQLException {
        sql(
                "update event set "
                        + column
                        + " = cast(substr("
                        + column
                        + ", 1, 9) || "
                        + bytes("07")
                        + " || substr("
                        + column
                        + ", 11) as "
                        + bytesType()
                        + ") where %s and seq = 3");
        assertThat(problems("seq 3")).isNotEmpty();
    }

    @Test
    void aHeaderThatDoesNotParseIsFoundAndTheRestIsWalked() throws SQLException {
        sql("update event set header = " + bytes("ff00") + " where %s and seq = 2");
        sql("update event set payload = " + bytes("7b7d") + " where %s and seq = 5");
        assertThat(problems("seq 2: the header cannot be read")).hasSize(1);
        assertThat(problems("seq 3: does not chain")).hasSize(1);
        assertThat(problems("seq 5: the payload")).hasSize(1);
    }

    @Test
    void anEmptyHeaderAndSaltAreFound() throws SQLException {
        sql(
                "update event set header = %b, salt = %b where %s and seq = 4"
                        .replace("%b", bytes("")));
        assertThat(problems("seq 4")).isNotEmpty();
    }

    @Test
    void aDeletedLastEventIsFoundThoughTheEndWasMovedBack() throws SQLException {
        sql("delete from event where %s and seq = 5");
        assertThat(problems("recorded end")).hasSize(1);
        sql(
                "update log_end set seq = 4, hash = (select hash from event where %s and seq = 4)"
                        + " where %s");
        assertThat(verify().problems())
                .singleElement()
                .asString()
                .contains(ops.toString(), "seq 5", "events are lost");
    }

    @Test
    void aDeletedEventInTheMiddleIsFound() throws SQLException {
        sql("delete from event where %s and seq = 3");
        assertThat(problems("seq 4: expected seq 3")).hasSize(1);
    }

    @Test
    void swappedEventsAreFound() throws SQLException {
        sql("update event set seq = 99 where %s and seq = 3");
        sql("update event set seq = 3 where %s and seq = 4");
        sql("update event set seq = 4 where %s and seq = 99");
        assertThat(problems("seq 3: the header says seq 4")).hasSize(1);
        assertThat(problems("seq 4: the header says seq 3")).hasSize(1);
    }

    @Test
    void aWholeLogWhoseEndIsGoneIsFound() throws SQLException {
        sql("delete from log_end where %s");
        assertThat(problems("recorded end")).hasSize(1);
        sql("delete from event where %s");
        assertThat(verify().logs()).isEqualTo(3); // nothing in here can tell; a kept head can
    }

    @Test
    void anEndThatIsNoHashIsFound() throws SQLException {
        sql("update log_end set hash = 'none' where %s");
        assertThat(problems("recorded end")).hasSize(1);
    }

    @Test
    void aLogOfNoSystemIsFound() throws SQLException {
        sql("update log_end set system_id = 'nobody', event_class = 'secret' where %s");
        assertThat(problems("nobody/secret")).isNotEmpty();
    }

    @Test
    void aHeadSignedByAnotherKeyIsFound() throws SQLException {
        byte[] seed = new byte[32];
        seed[0] = 1;
        head(
                Head.sign(
                        ops,
                        0,
                        5,
                        new Hash("a".repeat(64)),
                        clock.instant(),
                        SecretKey.ofSeed(seed)));
        assertThat(problems("seq 5: the signed head does not verify")).hasSize(1);
    }

    @Test
    void aHeadOverAnotherHashIsFound() throws SQLException {
        head(Head.sign(ops, 0, 5, new Hash("a".repeat(64)), clock.instant(), LOG_KEY));
        assertThat(problems("seq 5: the signed head names another hash")).hasSize(1);
    }

    @Test
    void aHeadOfAnotherLogIsFound() throws SQLException {
        var other = new LogId(shop, EventClass.PUBLIC);
        head(Head.sign(other, 0, 5, new Hash("a".repeat(64)), clock.instant(), LOG_KEY));
        assertThat(problems("of another log")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"p\":\"e30\",\"t\":null,\"s\":[{}]}",
                "{\"p\":\"e30\",\"t\":\"application/vnd.aramaki.head.v1+json\",\"s\":[{\"s\":null}]}",
                "{\"p\":\"e30\",\"t\":\"application/vnd.aramaki.head.v1+json\",\"s\":[{\"s\":\"AA\"}]}"
            })
    void aForgedHeadIsFound(String json) throws SQLException {
        headBytes(json.getBytes(StandardCharsets.UTF_8));
        assertThat(problems("the signed head does not verify")).hasSize(1);
    }

    @Test
    void aHeadThatIsGoneIsFound() throws SQLException {
        sql("update log_end set head = null where %s");
        assertThat(problems("seq 5: the signed head is gone")).hasSize(1);
    }

    @Test
    void anotherCreatingDocumentIsFound() throws SQLException {
        var other =
                new Payload.SystemCreated(
                        1, Rig.INSTANCE, "shop", TestClock.START, "another nonce");
        try (var connection = damaging(rig.backend);
                var update =
                        connection.prepareStatement(
                                "update event set payload = ? where system_id = ? and event_class ="
                                        + " 'public'")) {
            update.setBytes(1, Json.bytes(other));
            update.setString(2, shop.value());
            update.executeUpdate();
        }
        assertThat(problems("hashes to another system id")).hasSize(1);
    }

    @Test
    void aCreatingDocumentThatIsGoneIsFound() throws SQLException {
        sql("update event set payload = null where system_id = '" + shop + "' and seq = 1");
        assertThat(problems("the document that created the system is gone")).hasSize(1);
    }

    @Test
    void manyProblemsAreCountedAndSomeTold() throws SQLException {
        for (int i = 0; i < 150; i++) {
            note("more " + i);
        }
        sql("update event set payload = " + bytes("7b7d") + " where %s");
        var problems = verify().problems();
        assertThat(problems).hasSize(101);
        assertThat(problems.getLast()).isEqualTo("and 55 more");
    }

    /// A damaged event must not take the page with all the others away from people.
    @Test
    void aDamagedEventIsLeftOutOfWhatPeopleSee() throws SQLException {
        sql("update event set header = " + bytes("ff00") + " where %s and seq = 2");
        sql("update event set payload = " + bytes("ff00") + " where %s and seq = 3");
        assertThat(rig.happened("shop", Payload.NoteAdded.class))
                .extracting(Payload.NoteAdded::text)
                .containsExactly("note 4", "note 5");
        rig.alerting.run(clock.instant());
        long cursor = rig.store.read(tx -> rig.alerts.cursor(tx, "alerts"));
        assertThat(cursor).isEqualTo(rig.all().getLast().position());
    }

    private Verify.Report verify() {
        return new Verify(rig.store, rig.events, LOG_KEY.publicKey()).run();
    }

    private List<String> problems(String containing) {
        return verify().problems().stream().filter(p -> p.contains(containing)).toList();
    }

    private void note(String text) {
        rig.store.write(
                tx ->
                        rig.log.append(
                                tx,
                                rig.systems.require(new SystemName("shop")).id(),
                                new Payload.NoteAdded(text),
                                clock.instant(),
                                rig.instance));
    }

    private void head(aramaki.protocol.crypto.Envelope envelope) throws SQLException {
        headBytes(Json.bytes(envelope));
    }

    private void headBytes(byte[] bytes) throws SQLException {
        try (var connection = damaging(rig.backend);
                var update =
                        connection.prepareStatement(
                                "update log_end set head = ? where system_id = ? and event_class ="
                                        + " 'ops'")) {
            update.setBytes(1, bytes);
            update.setString(2, shop.value());
            update.executeUpdate();
        }
    }

    /// Damages the shop's ops log, for which `%s` stands.
    private void sql(String statement) throws SQLException {
        String log = "system_id = '" + shop + "' and event_class = 'ops'";
        try (var connection = damaging(rig.backend);
                var change = connection.createStatement()) {
            assertThat(change.executeUpdate(statement.replace("%s", log))).isPositive();
        }
    }
}
