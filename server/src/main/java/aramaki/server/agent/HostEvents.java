package aramaki.server.agent;

import aramaki.protocol.Json;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.HostEvent.PackageChange;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.EventLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What agents tell of their hosts: noted once in the log of each system they serve, however often
/// it is said. One that makes no sense is acknowledged and dropped, so that it blocks nothing.
public final class HostEvents {
    private static final int MAX_TEXT = 300;
    private static final int MAX_AT_ONCE = 100;

    private final Store store;
    private final AgentStore agents;
    private final Systems systems;
    private final EventLog log;
    private final InstantSource clock;

    public HostEvents(
            Store store, AgentStore agents, Systems systems, EventLog log, InstantSource clock) {
        this.store = store;
        this.agents = agents;
        this.systems = systems;
        this.log = log;
        this.clock = clock;
    }

    /// Notes what is new; returns the ids of all, which are durable now.
    public List<String> note(AgentRecord agent, List<HostEvent> said) {
        var events = said.subList(0, Math.min(MAX_AT_ONCE, said.size()));
        return store.write(
                tx -> {
                    var noted = new ArrayList<String>();
                    var here = new HashSet<String>();
                    for (var event : events) {
                        noted.add(event.id());
                        if (sound(event)
                                && here.add(event.id())
                                && agents.noteHostEvent(
                                        tx, agent.id(), event.id(), clock.instant())) {
                            append(tx, agent, event);
                        }
                    }
                    return noted;
                });
    }

    private static boolean sound(HostEvent event) {
        return !event.id().isEmpty()
                && event.id().length() <= HostEvent.MAX_ID
                && Json.text(event).length() <= MAX_DOCUMENT;
    }

    private static final int MAX_DOCUMENT = 64 * 1024;

    private void append(Tx tx, AgentRecord agent, HostEvent event) {
        var payload = payload(agent.name().value(), event);
        var at = possible(event.at());
        for (var system : systems.servedBy(agent)) {
            log.append(tx, system.id(), payload, at, agent.by());
        }
    }

    /// A clock that is ahead or off by years makes no entry of the future.
    private Instant possible(Instant at) {
        var now = clock.instant();
        return at.isAfter(now) || at.isBefore(Instant.EPOCH) ? now : at;
    }

    private static Payload payload(String agent, HostEvent event) {
        return switch (event) {
            case HostEvent.Started e ->
                    new Payload.AgentStarted(
                            agent, line(e.version()), line(e.after()), e.lastAlive());
            case HostEvent.Rebooted e ->
                    new Payload.HostRebooted(agent, e.announced(), e.uptimeBeforeSeconds());
            case HostEvent.Packages e ->
                    new Payload.HostPackages(
                            agent,
                            changes(e.installed()),
                            changes(e.removed()),
                            changes(e.upgraded()),
                            Math.max(0, e.installedCount()),
                            Math.max(0, e.removedCount()),
                            Math.max(0, e.upgradedCount()),
                            lineOrNull(e.by()),
                            lineOrNull(e.command()));
        };
    }

    private static List<Payload.PackageChange> changes(List<PackageChange> said) {
        return said.stream()
                .limit(HostEvent.Packages.MAX_LISTED)
                .map(
                        c ->
                                new Payload.PackageChange(
                                        line(c.name()), lineOrNull(c.from()), lineOrNull(c.to())))
                .toList();
    }

    private static @Nullable String lineOrNull(@Nullable String text) {
        return text == null ? null : line(text);
    }

    private static String line(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.substring(0, Math.min(line.length(), MAX_TEXT));
    }
}
