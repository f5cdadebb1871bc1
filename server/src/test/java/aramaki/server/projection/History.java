package aramaki.server.projection;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.Matcher;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.LogKeys;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.alert.Act;
import aramaki.server.alert.Acts;
import aramaki.server.alert.Silences;
import aramaki.server.store.Backend;
import aramaki.server.store.Tx;
import aramaki.server.timeline.Heads;
import aramaki.server.timeline.Notes;
import aramaki.server.timeline.Reception;
import aramaki.server.timeline.Verify;
import aramaki.server.timeline.outside.Outside;
import aramaki.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A server over which a made-up time goes by: results good and bad, silences, pauses, notes,
/// changed definitions, people, and kills in between.
final class History implements AutoCloseable {
    private static final SecretKey LOG_KEY = SecretKey.ofSeed(new byte[32]);
    private static final List<String> STATES =
            List.of("ok", "ok", "warning", "critical", "unknown");

    private final TestClock clock = new TestClock();
    private final Backend backend;
    private final Gen gen;
    private final List<String> names = new ArrayList<>();
    private Rig rig;
    private int made;

    History(Backend backend, Gen gen) {
        this.backend = backend;
        this.gen = gen;
        rig = new Rig(backend, clock).ready();
        rig.access.owner("ada");
        rig.system("shop", "disk", "load");
        rig.system("bank", "disk", "load");
        joins("shop");
        joins("bank");
        joins("shop");
    }

    Rig rig() {
        return rig;
    }

    private void joins(String home) {
        String name = "web" + ++made;
        names.add(name);
        rig.agent(name, home, home.equals("shop") ? "bank" : "shop");
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            clock.seconds(gen.between(0, 40));
            step();
            if (gen.chance(0.7)) { // otherwise alerting lags behind
                rig.alerting.run(clock.instant());
            }
        }
        rig.alerting.run(clock.instant());
        new Heads(rig.store, rig.events, LOG_KEY).run(clock.instant());
    }

    /// One thing of each kind: a firing alert, a note, something from outside.
    void quiet() {
        var web1 = rig.agents.byName(new EntityName("web1")).orElseThrow();
        rig.report(web1, "shop", "disk", "ok");
        rig.report(web1, "shop", "disk", "critical");
        notes();
        receives();
        steps(0);
    }

    private void step() {
        switch (gen.between(0, 23)) {
            case 0 -> kill();
            case 1 -> notes();
            case 2 -> receives();
            case 3 -> silence();
            case 4 -> pauses();
            case 5 -> changes();
            case 6 -> flaps();
            case 7 -> snapshot();
            case 8 -> revokes();
            case 9, 10, 11, 12 -> acts();
            case 13 -> quiets();
            default -> report(agent(), gen.oneOf(STATES));
        }
    }

    private AgentRecord agent() {
        return rig.agents.byName(new EntityName(gen.oneOf(names))).orElseThrow();
    }

    private void report(AgentRecord agent, String state) {
        rig.silence.connected(agent, clock.instant());
        String system = gen.oneOf(List.of("shop", "bank"));
        String check = gen.oneOf(List.of("disk", "load"));
        rig.report(agent, system, check, state);
    }

    private void kill() {
        rig.close();
        rig = new Rig(backend, clock).ready();
        for (String name : names) {
            rig.goOn(rig.agents.byName(new EntityName(name)).orElseThrow());
        }
    }

    private void notes() {
        var notes = new Notes(rig.store, rig.events, rig.log, clock);
        var event = gen.oneOf(rig.all());
        notes.add(
                rig.system("shop", "disk", "load"),
                "seen " + gen.between(1, 9),
                Optional.empty(),
                rig.instance);
        notes.add(
                rig.systems.instance(),
                new Notes.Note(
                        "about", Optional.empty(), Optional.of(event.hash().hex()), List.of()),
                rig.instance);
    }

    private void receives() {
        var reception = new Reception(rig.store, rig.events, rig.log, rig.landscape, clock);
        String id = Integer.toString(gen.between(1, 5));
        var payload = new Payload.EventReceived("ci", id, "x.y", null, null, "built", null, "{}");
        reception.receive(
                List.of(new Outside(Optional.empty(), payload)),
                Optional.of("shop"),
                _ -> rig.instance);
    }

    private void silence() {
        rig.pass(Duration.ofSeconds(gen.between(20, 90)));
    }

    private void pauses() {
        var name = new EntityName(gen.oneOf(names));
        if (gen.chance(0.3)) {
            rig.pauses.resume(name, "ada", rig.instance);
        } else {
            rig.pauses.pause(
                    name, Duration.ofSeconds(gen.between(5, 300)), "work", "ada", rig.instance);
        }
        rig.pauses.run(clock.seconds(gen.between(0, 60)));
    }

    private void changes() {
        if (gen.chance(0.5)) {
            rig.system("bank", "disk");
        } else {
            rig.system("bank", "disk", "load");
        }
    }

    private void acts() {
        var ada = rig.access.owner("ada");
        var firing = rig.firing().stream().map(Alert::key).filter(_ -> gen.chance(0.7)).toList();
        var length = gen.chance(0.3) ? Optional.<Duration>empty() : Optional.of(minutes());
        Act act =
                gen.oneOf(
                        List.of(
                                new Act.Acknowledge(length, "on it"),
                                new Act.Acknowledge(length, ""),
                                new Act.Unacknowledge("no"),
                                new Act.Resolve("swapped"),
                                new Act.Assign(Optional.of(ada), "yours"),
                                new Act.Comment("hm")));
        var done = rig.acts.act(firing, act, Optional.of("state:firing"), Acts.Actor.of(ada));
        if (gen.chance(0.3)) {
            report(agent(), gen.oneOf(STATES));
        }
        if (done.count() > 0 && !(act instanceof Act.Comment) && gen.chance(0.4)) {
            try {
                rig.acts.undo(done.id(), Acts.Actor.of(ada));
            } catch (Refusal e) {
                // all of it was changed since
            }
        }
        rig.reminders.run(clock.seconds(gen.between(0, 90)));
    }

    private Duration minutes() {
        return Duration.ofMinutes(gen.between(1, 4));
    }

    private void quiets() {
        var ada = rig.access.owner("ada");
        rig.silences.add(
                new Silences.Wanted(
                        gen.chance(0.5) ? Optional.of(new SystemName("bank")) : Optional.empty(),
                        List.of(Matcher.parse("check=~d.*")),
                        gen.chance(0.2),
                        "",
                        Optional.empty(),
                        clock.instant().plusSeconds(gen.between(1, 5000)),
                        "work"),
                ada);
        rig.silences.run(clock.seconds(gen.between(0, 90)));
        if (gen.chance(0.3)) {
            rig.silences.open().stream()
                    .findFirst()
                    .ifPresent(s -> rig.silences.expire(s.id(), ada));
        }
    }

    private void flaps() {
        var agent = agent();
        rig.silence.connected(agent, clock.instant());
        int rounds = gen.between(6, 30);
        for (int i = 0; i < rounds; i++) {
            clock.seconds(10);
            rig.report(agent, "shop", "disk", i % 2 == 0 ? "critical" : "ok");
        }
    }

    void snapshot() {
        new Snapshots(rig.store, rig.events, rig.alerts, rig.projections, backend.snapshots(), 1)
                .run(clock.instant());
    }

    private void revokes() {
        if (names.size() > 2) {
            rig.agents.revoke(new EntityName(names.removeFirst()), "gone", rig.instance);
            joins("shop");
        }
    }

    /// Deletes the first row of a table.
    void loseOne(Tx tx, Table table) {
        var rows = new ArrayList<List<String>>();
        backend.tables().each(tx, table, rows::add);
        backend.tables().remove(tx, table, table.keyOf(rows.getFirst()));
    }

    Verify.Report verify() {
        return new Verify(
                        rig.store,
                        rig.events,
                        () -> LogKeys.only(LOG_KEY.publicKey()),
                        tx -> List.of(rig.projections.begin(tx)))
                .run();
    }

    @Override
    public void close() {
        rig.close();
    }
}
