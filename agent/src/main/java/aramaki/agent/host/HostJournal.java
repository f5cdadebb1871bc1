package aramaki.agent.host;

import aramaki.agent.log.Log;
import aramaki.agent.spool.AtomicFile;
import aramaki.model.Refusal;
import aramaki.protocol.Base32;
import aramaki.protocol.Json;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.HostEvent.PackageChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What happened to this host and its agent that the server has not noted yet, on disk as
/// `host.json` together with what it is compared with: so nothing is lost or said anew when the
/// agent is killed between two steps.
public final class HostJournal {
    /// The oldest are dropped when a server is away for longer.
    public static final int MOST = 100;

    /// A package manager writes several times while it works.
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private static final String FILE = "host.json";

    private final Path folder;
    private final HostFiles host;
    private final Log log;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.NONE;
    private Instant packagesSeen = Instant.MIN;
    private @Nullable Runnable listener;

    /// @param stopped how the agent last ended in order; null while it runs, so also after a crash
    /// @param packages null until they were first looked at
    private record State(
            String bootId,
            @Nullable Instant bootedAt,
            @Nullable String stopped,
            @Nullable Instant stoppedAt,
            @Nullable Map<String, String> packages,
            List<HostEvent> pending)
            implements Json.Whole {
        static final State NONE = new State("", null, null, null, null, List.of());

        State {
            pending = List.copyOf(pending);
        }

        State with(List<HostEvent> events) {
            return new State(bootId, bootedAt, stopped, stoppedAt, packages, events);
        }

        State with(Map<String, String> installed, List<HostEvent> events) {
            return new State(bootId, bootedAt, stopped, stoppedAt, installed, events);
        }

        State ended(@Nullable String how, @Nullable Instant at) {
            return new State(bootId, bootedAt, how, at, packages, pending);
        }
    }

    public HostJournal(Path folder, HostFiles host, Log log) {
        this.folder = folder;
        this.host = host;
        this.log = log;
    }

    /// @param told when there is something new to say
    public void onGrowth(Runnable told) {
        listener = told;
    }

    /// The agent begins to run: says so, and whether its host did too.
    ///
    /// @param lastAlive when it was last seen to run, by another of its files
    public void started(String version, Optional<Instant> lastAlive, Instant now) {
        lock.lock();
        try {
            var before = load();
            var bootId = host.bootId().orElse("");
            var bootedAt = host.uptime().map(now::minus).orElse(null);
            boolean first = before.isEmpty();
            var was = before.orElse(State.NONE);
            boolean rebooted = !first && !was.bootId().isEmpty() && !was.bootId().equals(bootId);
            var alive = latest(lastAlive.orElse(null), was.stoppedAt());
            state =
                    new State(
                            bootId,
                            rebooted || was.bootedAt() == null ? bootedAt : was.bootedAt(),
                            null,
                            null,
                            was.packages(),
                            was.pending());
            var events = new ArrayList<HostEvent>();
            if (rebooted) {
                boolean announced =
                        "reboot".equals(was.stopped()) || "poweroff".equals(was.stopped());
                events.add(
                        new HostEvent.Rebooted(
                                id(),
                                bootedAt == null ? now : bootedAt,
                                announced,
                                uptime(was.bootedAt(), alive)));
            }
            String after =
                    first
                            ? "first"
                            : rebooted ? "reboot" : was.stopped() == null ? "crash" : "stop";
            events.add(new HostEvent.Started(id(), now, version, after, alive));
            store(state.with(joined(state.pending(), events)));
        } finally {
            lock.unlock();
        }
        tell();
    }

    private static @Nullable Instant latest(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isAfter(b) ? a : b;
    }

    private static @Nullable Long uptime(@Nullable Instant booted, @Nullable Instant alive) {
        return booted == null || alive == null || alive.isBefore(booted)
                ? null
                : Duration.between(booted, alive).toSeconds();
    }

    /// The agent ends in order.
    public void stopped(String how, Instant now) {
        lock.lock();
        try {
            store(state.ended(how, now));
        } finally {
            lock.unlock();
        }
    }

    /// Looks whether packages changed since the last look, once they have settled.
    public void look(Instant now) {
        var changed = host.packagesChanged();
        if (changed.isEmpty()) {
            return;
        }
        boolean news;
        lock.lock();
        try {
            boolean settled = state.packages() == null || changed.get().plus(SETTLED).isBefore(now);
            if (changed.get().equals(packagesSeen) || !settled) {
                return;
            }
            news = compare(changed.get());
            packagesSeen = changed.get();
        } catch (IOException e) {
            packagesSeen = changed.get(); // said once, not with every look
            log.warn("host: cannot read the packages", "why", e.getMessage());
            return;
        } finally {
            lock.unlock();
        }
        if (news) {
            tell();
        }
    }

    private boolean compare(Instant at) throws IOException {
        var before = state.packages();
        var now = host.packages();
        if (now.equals(before)) {
            return false;
        }
        var events =
                before == null
                        ? List.<HostEvent>of()
                        : List.<HostEvent>of(changes(before, now, at));
        store(state.with(now, joined(state.pending(), events)));
        return before != null;
    }

    private HostEvent changes(Map<String, String> before, Map<String, String> now, Instant at) {
        var installed = new ArrayList<PackageChange>();
        var removed = new ArrayList<PackageChange>();
        var upgraded = new ArrayList<PackageChange>();
        var all = new TreeMap<>(before);
        all.putAll(now);
        for (var key : all.keySet()) {
            var from = before.get(key);
            var to = now.get(key);
            var change = new PackageChange(key.substring(0, key.lastIndexOf(':')), from, to);
            if (from == null) {
                installed.add(change);
            } else if (to == null) {
                removed.add(change);
            } else if (!from.equals(to)) {
                upgraded.add(change);
            }
        }
        var who = host.changedBy(at);
        return new HostEvent.Packages(
                id(),
                at,
                listed(installed),
                listed(removed),
                listed(upgraded),
                installed.size(),
                removed.size(),
                upgraded.size(),
                who.by().orElse(null),
                who.command().orElse(null));
    }

    private static List<PackageChange> listed(List<PackageChange> all) {
        return all.subList(0, Math.min(HostEvent.Packages.MAX_LISTED, all.size()));
    }

    /// What the server has not noted, the oldest first.
    public List<HostEvent> pending() {
        lock.lock();
        try {
            return state.pending();
        } finally {
            lock.unlock();
        }
    }

    /// The server has these for good.
    public void noted(Collection<String> ids) {
        lock.lock();
        try {
            var left = state.pending().stream().filter(e -> !ids.contains(e.id())).toList();
            if (left.size() < state.pending().size()) {
                store(state.with(left));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<HostEvent> joined(List<HostEvent> pending, List<HostEvent> more) {
        var all = new ArrayList<>(pending);
        all.addAll(more);
        if (all.size() > MOST) {
            log.warn("host: events nobody took are dropped", "count", all.size() - MOST);
        }
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    private String id() {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        return "h_" + Base32.encode(bytes);
    }

    private Optional<State> load() {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), State.class));
        } catch (IOException | Refusal e) {
            log.warn("host: cannot read", "file", file, "why", e.getMessage());
            return Optional.empty();
        }
    }

    private void store(State next) {
        state = next;
        try {
            AtomicFile.write(folder.resolve(FILE), Json.bytes(next));
        } catch (IOException e) {
            log.warn("host: cannot write", "file", folder.resolve(FILE), "why", e.getMessage());
        }
    }

    private void tell() {
        var told = listener;
        if (told != null) {
            told.run();
        }
    }
}
