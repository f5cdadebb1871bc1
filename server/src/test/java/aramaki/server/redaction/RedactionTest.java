package aramaki.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventType;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.projection.Snapshots;
import aramaki.server.sql.SqliteBackend;
import aramaki.server.sql.SqliteStore;
import aramaki.server.timeline.Notes;
import aramaki.server.timeline.Sentences;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Verify;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is taken away is gone everywhere, and everything else goes on as before.
class RedactionTest {
    private static final String SECRET = "hunter2-is-the-password";

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private SqliteBackend backend;
    private Rig rig;
    private AgentRecord web1;
    private Redaction redaction;

    @BeforeEach
    void open() {
        backend = new SqliteBackend(folder);
        rig = new Rig(backend, clock).ready();
        rig.system("shop", "disk", "load");
        web1 = rig.agent("web1", "shop");
        redaction =
                new Redaction(
                        rig.store,
                        rig.events,
                        rig.log,
                        rig.alerts,
                        rig.observations,
                        backend.snapshots(),
                        rig.systems,
                        rig.board,
                        () -> SqliteStore.settle(backend.file()),
                        clock);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aNoteIsGoneFromTheFileAndTheWriteAheadLog() throws IOException {
        var note = note("the login is " + SECRET + "-x");
        assertThat(onDisk(SECRET + "-x")).isTrue();
        var redacted = redact(note);
        assertThat(redacted.erased()).isTrue();
        assertThat(onDisk(SECRET + "-x")).isFalse();
        assertThat(whole()).isTrue();
    }

    @Test
    void theTimelineSaysByWhomAndWhy() {
        var note = note("secret");
        redact(note);
        var shown = rig.timeline.find(note.hash()).orElseThrow();
        assertThat(Sentences.of(shown))
                .isEqualTo("note.added: redacted by ada, it was not for everybody");
        assertThat(rig.happened("shop", Payload.EventRedacted.class))
                .singleElement()
                .satisfies(p -> assertThat(p.event()).isEqualTo(note.hash().hex()))
                .satisfies(p -> assertThat(p.kept().path("text").asText()).isEmpty());
    }

    @Test
    void whatACheckPrintedIsGoneFromItsResultItsLatestValueAndItsAlert() throws IOException {
        rig.report(web1, "shop", "load", "ok");
        rig.send(web1, printed(SECRET + "-y"));
        assertThat(rig.alert("shop/web1/load").orElseThrow().output()).contains(SECRET);
        takeSnapshot();

        redact(event(EventType.STATE_CHANGED));

        assertThat(rig.alert("shop/web1/load").orElseThrow().output()).isEmpty();
        assertThat(rig.alert("shop/web1/load").orElseThrow().firing()).isTrue();
        assertThat(rig.status("shop/web1/load").orElseThrow().output()).isEmpty();
        assertThat(onDisk(SECRET + "-y")).isFalse();
        assertThat(whole()).isTrue();
        assertThat(rig.rebuild.run(true).differences()).isEmpty();
    }

    @Test
    void whoeverRedactsTheAlertRedactsItsCauseToo() throws IOException {
        rig.report(web1, "shop", "load", "ok");
        rig.send(web1, printed(SECRET + "-z"));
        rig.firing();
        assertThat(redact(event(EventType.ALERT_FIRED)).events()).hasSize(2);
        assertThat(onDisk(SECRET + "-z")).isFalse();
        assertThat(rig.rebuild.run(true).differences()).isEmpty();
        rig.report(web1, "shop", "load", "ok");
        assertThat(rig.firing()).isEmpty();
        assertThat(whole()).isTrue();
    }

    @Test
    void whatTheInstanceNeedsIsNeverRedacted() {
        for (var type :
                new EventType[] {
                    EventType.SYSTEM_CREATED, EventType.AGENT_JOINED, EventType.AGENT_INVITED
                }) {
            assertThatThrownBy(() -> redact(event(type))).hasMessageContaining("is never redacted");
        }
        var changed = event(EventType.SYSTEM_CHANGED);
        assertThatThrownBy(() -> redact(changed)).hasMessageContaining("change that first");
        rig.system("shop", "load");
        assertThat(redact(changed).events()).hasSize(1);
        assertThat(whole()).isTrue();
    }

    @Test
    void anEventIsRedactedOnce() {
        var note = note("secret");
        redact(note);
        assertThatThrownBy(() -> redact(note)).hasMessageContaining("redacted already");
        assertThatThrownBy(() -> redact(event(EventType.EVENT_REDACTED)))
                .hasMessageContaining("is never redacted");
    }

    @Test
    void aReasonIsAskedFor() {
        var note = note("secret");
        assertThatThrownBy(() -> redaction.redact(note.hash(), " ", "ada", rig.instance))
                .hasMessageContaining("why it is taken away");
    }

    @Test
    void oldPayloadsGoByThePolicyAndHeadersStay() {
        note("old");
        rig.report(web1, "shop", "load", "ok");
        rig.report(web1, "shop", "load", "critical"); // fires until the end
        rig.report(web1, "shop", "disk", "critical");
        rig.report(web1, "shop", "disk", "ok");
        rig.firing();
        clock.seconds(Duration.ofDays(40).toSeconds());
        note("new");
        var policy =
                PayloadPolicy.FOR_EVER
                        .with("note", Duration.ofDays(30))
                        .with("state.changed", Duration.ofDays(30));
        var retention =
                new PayloadRetention(rig.store, rig.events, rig.alerts, rig.systems, policy);
        retention.run(clock.instant());
        retention.run(clock.instant());

        assertThat(rig.happened(Payload.NoteAdded.class))
                .extracting(Payload.NoteAdded::text)
                .containsExactly("new");
        assertThat(rig.happened(Payload.StateChanged.class))
                .extracting(Payload.StateChanged::check)
                .containsExactly("load"); // what the firing alert came from
        assertThat(rig.happened(Payload.SystemCreated.class)).hasSize(2);
        var report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.pruned()).isEqualTo(3);
        assertThat(rig.rebuild.run(true).differences()).isEmpty();
        assertThat(Sentences.of(rig.timeline.find(oldNote().hash()).orElseThrow()))
                .isEqualTo("note.added: no longer kept");
    }

    @Test
    void onlyPayloadsThatNothingIsFoldedFromCanBeLetGo() {
        assertThatThrownBy(() -> PayloadPolicy.FOR_EVER.with("system", Duration.ofDays(9)))
                .hasMessageContaining("are kept for ever");
        assertThatThrownBy(() -> PayloadPolicy.FOR_EVER.with("alert", Duration.ofDays(9)))
                .hasMessageContaining("are kept for ever");
        assertThatThrownBy(() -> PayloadPolicy.FOR_EVER.with("note", Duration.ofHours(1)))
                .hasMessageContaining("a day at least");
    }

    private StoredEvent oldNote() {
        return rig.all().stream()
                .filter(e -> e.header().type().equals("note.added"))
                .findFirst()
                .orElseThrow();
    }

    private Result printed(String output) {
        var r = rig.result(web1, "shop", "load", "critical");
        return new Result(
                r.seq(),
                r.system(),
                r.entity(),
                r.check(),
                r.state(),
                output,
                r.metrics(),
                r.due(),
                r.started(),
                r.finished(),
                r.spooled());
    }

    private void takeSnapshot() {
        new Snapshots(rig.store, rig.events, rig.alerts, rig.projections, backend.snapshots(), 1)
                .run(clock.instant());
    }

    private Redaction.Redacted redact(StoredEvent event) {
        return redaction.redact(event.hash(), "it was not for everybody", "ada", rig.instance);
    }

    private StoredEvent note(String text) {
        return new Notes(rig.store, rig.events, rig.log, clock)
                .add(
                        rig.systems.require(new SystemName("shop")),
                        text,
                        Optional.empty(),
                        rig.instance);
    }

    /// The newest of a type.
    private StoredEvent event(EventType type) {
        return rig.all().reversed().stream()
                .filter(e -> e.header().type().equals(type.word()))
                .findFirst()
                .orElseThrow();
    }

    private boolean whole() {
        return verify().problems().isEmpty();
    }

    private Verify.Report verify() {
        return new Verify(
                        rig.store,
                        rig.events,
                        () -> LogKeys.only(SecretKey.ofSeed(new byte[32]).publicKey()),
                        tx -> List.of(rig.projections.begin(tx)))
                .run();
    }

    private boolean onDisk(String text) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }
}
