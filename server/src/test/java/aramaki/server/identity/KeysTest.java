package aramaki.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLogEntries;
import aramaki.protocol.identity.Positions;
import aramaki.protocol.identity.Purpose;
import aramaki.protocol.log.Head;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.sql.SqliteBackend;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.Heads;
import aramaki.server.timeline.Verify;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys change, over real files and a real store; whatever is killed or stolen, who has them is
// told.
class KeysTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Path data;
    private Identity identity;
    private Rig rig;

    /// The process ends here.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void open() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        identity = Identity.loadOrCreate(data, clock.instant(), new SecureRandom());
        rig = new Rig(Files.createDirectory(folder.resolve("store")), clock);
        rig.system("shop");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Keys keys() {
        return keys(_ -> {});
    }

    private Keys keys(Consumer<String> written) {
        return new Keys(
                identity,
                rig.store,
                rig.events,
                rig.log,
                () -> rig.systems.instance().id(),
                clock,
                written);
    }

    private Keys.Who ada() {
        return new Keys.Who(rig.access.owner("ada").by(), "ada");
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

    private void signHeads() {
        new Heads(rig.store, rig.events, identity::logKey, identity.unchanging())
                .run(clock.instant());
    }

    private List<String> verify() {
        return new Verify(rig.store, rig.events, identity::logKeys, _ -> List.of())
                .run()
                .problems();
    }

    /// Files that say who the instance is, and are not what they were; no server has been here yet
    /// that would have marked the layout.
    private List<String> damaged() {
        return new DataFiles(data)
                .problems().stream()
                        .map(DataFiles.Wrong::what)
                        .filter(what -> !what.startsWith("layout"))
                        .toList();
    }

    private SecretKey recoveryKey() throws IOException {
        return SecretKey.load(data.resolve(Identity.RECOVERY_KEY));
    }

    private List<SecretKey> replaceRecoveryKeys(int count, int threshold) throws IOException {
        var fresh = new ArrayList<SecretKey>();
        for (int i = 0; i < count; i++) {
            fresh.add(SecretKey.generate(new SecureRandom()));
        }
        keys().accept(
                        new KeyLogEntries(
                                        identity.keyLog(), clock.instant(), List.of(recoveryKey()))
                                .recovery(fresh, threshold),
                        ada());
        return fresh;
    }

    @Test
    void aRotatedLogKeySignsAndWhatWasSignedBeforeStillVerifies() {
        note("before");
        signHeads();
        var old = identity.logKey().publicKey();

        keys().renew(Purpose.LOG, ada());

        assertThat(identity.logKey().publicKey()).isNotEqualTo(old);
        assertThat(verify()).isEmpty(); // the heads are those of the old key
        note("after");
        signHeads();
        assertThat(verify()).isEmpty();
        assertThat(Identity.load(data).logKey().publicKey())
                .isEqualTo(identity.logKey().publicKey());
        assertThat(rig.happened("instance", Payload.KeyRotated.class))
                .singleElement()
                .satisfies(
                        told -> {
                            assertThat(told.who()).isEqualTo("ada");
                            assertThat(told.replaces()).isEqualTo(old.text());
                            assertThat(told.signedBy()).isEqualTo("online");
                        });
    }

    /// With the key of before, somebody goes on with the log beyond where it was replaced.
    @Test
    void whatAStolenLogKeySignsAfterItWasReplacedIsRefused() throws SQLException {
        note("before");
        signHeads();
        var stolen = identity.logKey();
        keys().renew(Purpose.LOG, ada());
        note("after");
        new Heads(rig.store, rig.events, stolen).run(clock.instant());

        assertThat(verify())
                .isNotEmpty()
                .allMatch(problem -> problem.contains("a log key that had been replaced"));
    }

    /// With the key of before and the database, somebody writes another past up to there.
    @Test
    void aPastRewrittenWithAStolenLogKeyIsFound() throws SQLException {
        note("one");
        note("two");
        signHeads();
        var stolen = identity.logKey();
        keys().renew(Purpose.LOG, ada());
        signHeads();
        assertThat(verify()).isEmpty();
        var shop = rig.systems.require(new SystemName("shop")).id();
        cutLastEvent(shop.value());
        var ops = new LogId(shop, EventClass.OPS);
        var end = rig.store.read(tx -> rig.events.end(tx, ops));
        var head = Head.sign(ops, end.epoch(), end.seq(), end.hash(), clock.instant(), stolen);
        rig.store.write(
                tx -> {
                    rig.events.saveHead(tx, ops, end.epoch(), end.seq(), Json.bytes(head));
                    return true;
                });

        assertThat(verify()).singleElement().asString().contains("events are lost");
    }

    private void cutLastEvent(String system) throws SQLException {
        var file = ((SqliteBackend) rig.backend).file();
        String log = "system_id = '" + system + "' and event_class = 'ops'";
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var change = connection.createStatement()) {
            change.executeUpdate(
                    "delete from event where "
                            + log
                            + " and seq = (select seq from log_end where "
                            + log
                            + ")");
            change.executeUpdate(
                    "update log_end set seq = seq - 1, hash = (select hash from event where "
                            + log
                            + " order by seq desc limit 1) where "
                            + log);
        }
    }

    @Test
    void aPurposeGetsItsFirstKeyAndThenOthers() {
        keys().renew(Purpose.FED, ada());
        var first = identity.secret(Purpose.FED).orElseThrow();
        keys().renew(Purpose.FED, ada());

        assertThat(identity.secret(Purpose.FED).orElseThrow().publicKey())
                .isNotEqualTo(first.publicKey());
        assertThat(Identity.load(data).keyLog().keys()).hasSize(2);
        assertThat(rig.happened("instance", Payload.KeyAdded.class)).hasSize(1);
        assertThat(rig.happened("instance", Payload.KeyRotated.class)).hasSize(1);
        assertThat(verify()).isEmpty();
    }

    /// Every kill leaves either the keys before or those after, the log verifies, the event comes,
    /// once, and names who it was.
    @ParameterizedTest
    @ValueSource(strings = {"secret", "entry", "settled", "event"})
    void aKillAfterEachWriteOfARotationLeavesTheKeysBeforeOrAfter(String last) throws IOException {
        note("before");
        signHeads();
        var before = identity.logKey().publicKey();

        assertThatThrownBy(
                        () ->
                                keys(step -> {
                                            if (step.equals(last)) {
                                                throw new Killed();
                                            }
                                        })
                                        .renew(Purpose.LOG, ada()))
                .isInstanceOf(Killed.class);
        identity = Identity.load(data);
        keys().tell();

        boolean rotated = !last.equals("secret");
        PublicKey now = identity.logKey().publicKey();
        assertThat(now.equals(before)).isEqualTo(!rotated);
        assertThat(now).isEqualTo(identity.keyLog().logKey());
        assertThat(damaged()).isEmpty();
        assertThat(Files.exists(data.resolve("log-key.new"))).isFalse();
        note("after");
        signHeads();
        assertThat(verify()).isEmpty();
        assertThat(rig.happened("instance", Payload.KeyRotated.class))
                .extracting(Payload.KeyRotated::who)
                .isEqualTo(rotated ? List.of("ada") : List.of());
        keys().renew(Purpose.LOG, ada()); // and it can be done again
        assertThat(Identity.load(data).logKey().publicKey()).isNotIn(before, now);
        assertThat(verify()).isEmpty();
    }

    /// What a kill in the middle of a write leaves: some bytes of a file of another name.
    @Test
    void aSecretOrAKeyLogTornWhileItWasWrittenChangesNothing() throws IOException {
        keys().renew(Purpose.LOG, ada());
        var before = identity.logKey().publicKey();
        Files.writeString(data.resolve("log-key.new"), "# The key th");
        Files.writeString(data.resolve("key-log.jsonl.new"), "{\"entry\":{\"p\":\"ab");

        assertThat(Identity.load(data).logKey().publicKey()).isEqualTo(before);
        assertThat(damaged()).isEmpty();
        keys().renew(Purpose.LOG, ada());
        assertThat(Identity.load(data).keyLog().entries()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "entry", "settled", "event"})
    void aKillDuringARecoveryIsPutRightByRecoveringAgain(String last) throws IOException {
        keys().renew(Purpose.FED, ada());
        Files.delete(data.resolve("log-key"));
        identity = Identity.forRecovery(data);
        assertThatThrownBy(
                        () ->
                                keys(step -> {
                                            if (step.equals(last)) {
                                                throw new Killed();
                                            }
                                        })
                                        .recover(List.of(recoveryKey()), ada()))
                .isInstanceOf(Killed.class);

        identity = Identity.forRecovery(data);
        keys().recover(List.of(recoveryKey()), ada());

        identity = Identity.load(data);
        assertThat(damaged()).isEmpty();
        note("after");
        signHeads();
        assertThat(verify()).isEmpty();
    }

    /// A kill came before the event, and the person's grant ended before the start; or a server
    // whose
    /// log says less than its key log would not start.
    @Test
    void aChangeIsToldThoughWhoMadeItMayNothingAnyMore() {
        assertThatThrownBy(
                        () ->
                                keys(step -> {
                                            if (step.equals("settled")) {
                                                throw new Killed();
                                            }
                                        })
                                        .renew(Purpose.LOG, ada()))
                .isInstanceOf(Killed.class);
        var log =
                new EventLog(
                        rig.events,
                        rig.feed,
                        (_, by, _) -> {
                            if (by.grant().isPresent()) {
                                throw new Refusal(Refusal.Reason.FORBIDDEN, "revoked", "over");
                            }
                        },
                        clock);
        log.start(rig.store);

        new Keys(identity, rig.store, rig.events, log, () -> rig.systems.instance().id(), clock)
                .tell();

        assertThat(rig.happened("instance", Payload.KeyRotated.class))
                .extracting(Payload.KeyRotated::who)
                .containsExactly("ada");
        assertThat(rig.all().getLast().header().actor()).isEqualTo(identity.id());
    }

    @Test
    void aLostLogKeyIsReplacedByTheRecoveryKey() throws IOException {
        note("before");
        signHeads();
        Files.delete(data.resolve("log-key"));
        assertThatThrownBy(() -> Identity.load(data))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("log-key-missing"));

        identity = Identity.forRecovery(data);
        keys().recover(List.of(recoveryKey()), ada());

        identity = Identity.load(data);
        assertThat(rig.happened("instance", Payload.KeyRotated.class))
                .extracting(Payload.KeyRotated::signedBy)
                .containsExactly("recovery");
        note("after");
        signHeads();
        assertThat(verify()).isEmpty();
    }

    @Test
    void recoveryBelowItsThresholdChangesNothing() throws IOException {
        var fresh = replaceRecoveryKeys(3, 2);
        int entries = identity.keyLog().entries().size();
        var old = recoveryKey();

        for (var given :
                List.of(
                        List.of(fresh.getFirst()),
                        List.of(fresh.getFirst(), fresh.getFirst()),
                        List.of(fresh.getFirst(), old))) {
            assertThatThrownBy(() -> keys().recover(given, ada()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            r -> {
                                assertThat(r.code()).isEqualTo("key-log-threshold");
                                assertThat(r.text()).contains("2 of the 3 recovery keys");
                            });
        }
        assertThat(Identity.load(data).keyLog().entries()).hasSize(entries);
        keys().recover(List.of(fresh.get(0), fresh.get(2)), ada());
        assertThat(Identity.load(data).keyLog().entries()).hasSize(entries + 1);
        assertThat(rig.happened("instance", Payload.RecoveryRotated.class))
                .singleElement()
                .satisfies(told -> assertThat(told.threshold()).isEqualTo(2));
    }

    /// Or whoever may ask the server could give it a key whose secret he has.
    @Test
    void anOnlineKeyThatWasMadeElsewhereIsNotTaken() {
        var entry =
                new KeyLogEntries(identity.keyLog(), clock.instant(), List.of(identity.logKey()))
                        .fresh(Purpose.FED, SecretKey.generate(new SecureRandom()), Positions.NONE);

        assertThatThrownBy(() -> keys().accept(entry, ada()))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("not-recovery-keys"));
        assertThat(data.resolve("key-log.jsonl")).doesNotExist();
    }

    @Test
    void aKeyLogThatWasChangedIsNamedByItsLine() throws IOException {
        note("one");
        keys().renew(Purpose.LOG, ada());
        keys().renew(Purpose.FED, ada());
        var file = data.resolve("key-log.jsonl");
        String whole = Files.readString(file, StandardCharsets.UTF_8);

        // positions that were not signed
        Files.writeString(file, whole.replaceFirst("\"seq\":2", "\"seq\":1"));
        assertThatThrownBy(() -> Identity.load(data))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("key-log-positions"))
                .hasMessageContaining("key-log.jsonl line 1");
        // cut: the key that it names then is not the one that is there
        Files.writeString(file, whole.lines().findFirst().orElseThrow() + "\n");
        assertThat(Identity.load(data).keyLog().entries()).hasSize(1);
        Files.writeString(file, "");
        assertThatThrownBy(() -> Identity.load(data))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("wrong-log-key"));
        assertThat(damaged()).isNotEmpty();
        // torn
        Files.writeString(file, whole.substring(0, whole.length() - 9));
        assertThatThrownBy(() -> Identity.load(data)).hasMessageContaining("line 2");
        assertThat(damaged()).anyMatch(what -> what.contains("key-log.jsonl line 2"));
    }
}
