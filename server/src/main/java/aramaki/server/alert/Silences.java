package aramaki.server.alert;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.system.SystemName;
import aramaki.protocol.Base32;
import aramaki.protocol.log.Payload;
import aramaki.server.access.Caller;
import aramaki.server.agent.Agents;
import aramaki.server.runtime.Task;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The silences: which there are, what they hide, and when they end. Those that have not ended are
/// held in memory, ready to be asked, so that one takes effect at once over any number of alerts.
public final class Silences implements Task {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MOST = 500;
    private static final int MAX_MATCHERS = 20;
    private static final int MAX_TITLE = 60;
    private static final int MAX_REASON = 500;
    private static final int ALL = 100_000;

    private final Store store;
    private final AlertStore alerts;
    private final SilenceStore silences;
    private final EventLog log;
    private final Systems systems;
    private final Agents agents;
    private final Supplier<Set<AlertKey>> checks;
    private final By instance;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private volatile List<Matching> open = List.of();

    /// @param checks everything that may fire one day
    public Silences(
            Store store,
            AlertStore alerts,
            SilenceStore silences,
            EventLog log,
            Systems systems,
            Agents agents,
            Supplier<Set<AlertKey>> checks,
            By instance,
            InstantSource clock) {
        this.store = store;
        this.alerts = alerts;
        this.silences = silences;
        this.log = log;
        this.systems = systems;
        this.agents = agents;
        this.checks = checks;
        this.instance = instance;
        this.clock = clock;
    }

    /// Reads those that have not ended.
    public void start() {
        open = store.read(silences::open).stream().map(Matching::new).toList();
    }

    /// What somebody wants quiet.
    ///
    /// @param about a system with its layers; empty for everything
    /// @param mine only what the person has
    /// @param title how to call it; empty for the beginning of the reason
    /// @param starts empty for now
    public record Wanted(
            Optional<SystemName> about,
            List<Matcher> matchers,
            boolean mine,
            String title,
            Optional<Instant> starts,
            Instant expires,
            String reason) {
        public Wanted {
            matchers = List.copyOf(matchers);
        }
    }

    public Silence add(Wanted wanted, Caller person) {
        var silence = checked(wanted, person);
        var matching = new Matching(silence); // refuses what is no pattern
        if (open.size() >= MOST) {
            throw new Refusal(
                    Refusal.Reason.LIMITED,
                    "too-many-silences",
                    "there are " + MOST + " silences already: end some first");
        }
        store.write(
                tx -> {
                    tell(
                            tx,
                            silence,
                            new Payload.SilenceAdded(
                                    silence.id(),
                                    silence.title(),
                                    silence.matchers().stream().map(Matcher::toString).toList(),
                                    silence.mine(),
                                    silence.starts(),
                                    silence.expires(),
                                    silence.reason(),
                                    silence.owner(),
                                    silence.name()),
                            silence.added(),
                            person.by());
                    return silence;
                });
        return matching.silence();
    }

    private Silence checked(Wanted wanted, Caller person) {
        var now = now();
        String reason = line(wanted.reason());
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw Refusal.invalid(
                    "bad-reason",
                    "say in 1 to " + MAX_REASON + " characters why it is to be quiet");
        }
        if (wanted.matchers().size() > MAX_MATCHERS) {
            throw Refusal.invalid(
                    "bad-matcher", "a silence has at most " + MAX_MATCHERS + " conditions");
        }
        wanted.about().ifPresent(this::requireSystem);
        var starts = wanted.starts().map(s -> s.isBefore(now) ? now : s).orElse(now);
        var expires = wanted.expires().truncatedTo(ChronoUnit.MILLIS);
        if (!expires.isAfter(starts)
                || Duration.between(starts, expires).compareTo(Silence.LONGEST) > 0) {
            throw Refusal.invalid(
                    "bad-expiry",
                    "a silence ends after it starts and lasts at most 90 days: write for instance"
                            + " 2h");
        }
        return new Silence(
                newId(),
                wanted.about(),
                title(wanted.title(), reason),
                wanted.matchers(),
                wanted.mine(),
                starts.truncatedTo(ChronoUnit.MILLIS),
                expires,
                reason,
                person.person(),
                person.name(),
                now,
                false,
                Optional.empty(),
                0);
    }

    private void requireSystem(SystemName name) {
        if (name.equals(Systems.INSTANCE) || systems.find(name).isEmpty()) {
            throw Refusal.notFound("system", name.value());
        }
    }

    private static String title(String title, String reason) {
        String wanted = line(title);
        if (wanted.length() > MAX_TITLE) {
            throw Refusal.invalid(
                    "bad-title", "the name of a silence has at most " + MAX_TITLE + " characters");
        }
        if (!wanted.isEmpty()) {
            return wanted;
        }
        int end = Math.min(reason.length(), MAX_TITLE);
        boolean split = end < reason.length() && Character.isHighSurrogate(reason.charAt(end - 1));
        return reason.substring(0, split ? end - 1 : end).strip();
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    /// What a silence would do.
    ///
    /// @param now alerts that would be hidden at once
    /// @param future checks that fire not now, and would be hidden if they did
    public record Preview(List<Alert> now, List<AlertKey> future) {}

    public Preview preview(Wanted wanted, Caller person) {
        var ready = new Matching(checked(wanted, person)).in(systems.graph());
        var labels = new AlertLabels(systems, agents);
        var firing = firing();
        var hidden = firing.stream().filter(a -> ready.fits(a, labels)).toList();
        var keys = firing.stream().map(Alert::key).collect(java.util.stream.Collectors.toSet());
        var future =
                wanted.mine()
                        ? List.<AlertKey>of() // nobody has what does not fire
                        : checks.get().stream()
                                .filter(key -> !keys.contains(key))
                                .filter(key -> ready.wouldFit(key, labels))
                                .sorted()
                                .toList();
        return new Preview(hidden, future);
    }

    private List<Alert> firing() {
        return store.read(tx -> alerts.alerts(tx, AlertStore.Which.FIRING, Optional.empty(), ALL));
    }

    /// Ends a silence before its time.
    public Silence expire(String id, Caller person) {
        var silence =
                store.read(tx -> silences.find(tx, id))
                        .orElseThrow(() -> Refusal.notFound("silence", id));
        if (silence.ended().isPresent()) {
            throw Refusal.conflict("silence-over", "the silence " + id + " is over already");
        }
        return end(silence, now(), true, person.by());
    }

    /// What is silenced now.
    public Hidden hidden() {
        var now = clock.instant();
        var graph = systems.graph();
        return new Hidden(
                open.stream()
                        .filter(m -> m.silence().active(now))
                        .sorted(
                                Comparator.comparing((Matching m) -> m.silence().expires())
                                        .reversed())
                        .map(m -> m.in(graph))
                        .toList(),
                new AlertLabels(systems, agents));
    }

    /// Those that have not ended, the first to end first.
    public List<Silence> open() {
        return open.stream().map(Matching::silence).toList();
    }

    public List<Silence> ended(int limit) {
        return store.read(tx -> silences.ended(tx, limit));
    }

    public Optional<Silence> find(String id) {
        return store.read(tx -> silences.find(tx, id));
    }

    @Override
    public String name() {
        return "silences";
    }

    /// Warns before silences end, and ends them.
    @Override
    public Duration run(Instant now) {
        for (var silence : open()) {
            if (silence.overdue(now)) {
                end(silence, silence.expires(), false, instance);
            } else if (silence.toWarn(now)) {
                warn(silence);
            }
        }
        return PAUSE;
    }

    private void warn(Silence silence) {
        var ready = new Matching(silence).in(systems.graph());
        var labels = new AlertLabels(systems, agents);
        int hides = (int) firing().stream().filter(a -> ready.fits(a, labels)).count();
        store.write(
                tx -> {
                    tell(
                            tx,
                            silence,
                            new Payload.SilenceWarned(
                                    silence.id(),
                                    silence.title(),
                                    silence.expires(),
                                    silence.owner(),
                                    hides),
                            now(),
                            instance);
                    return true;
                });
    }

    private Silence end(Silence silence, Instant at, boolean early, By by) {
        int hid = hid(silence, at);
        store.write(
                tx -> {
                    tell(
                            tx,
                            silence,
                            new Payload.SilenceExpired(silence.id(), silence.title(), hid, early),
                            at,
                            by);
                    return true;
                });
        return silence.ended(at, hid);
    }

    /// Alerts that fired while it lasted, counted when it ends; no row was written for any.
    private int hid(Silence silence, Instant until) {
        if (!until.isAfter(silence.starts())) {
            return 0; // ended before it began
        }
        var ready = new Matching(silence).in(systems.graph());
        var labels = new AlertLabels(systems, agents);
        return store.read(
                tx ->
                        (int)
                                alerts.firedBetween(tx, silence.starts(), until).stream()
                                        .filter(key -> ready.wouldFit(key, labels))
                                        .flatMap(key -> alerts.alert(tx, key).stream())
                                        .filter(a -> ready.fits(a, labels))
                                        .count());
    }

    /// Into the log of the system it is about, else of the instance; then table and memory follow.
    private void tell(Tx tx, Silence silence, Payload payload, Instant at, By by) {
        var system = silence.about().orElse(Systems.INSTANCE);
        var id = systems.idOf(system).orElseGet(() -> systems.instance().id());
        log.append(tx, id, payload, at, by);
        SilenceFold.apply(system, payload, at, known -> silences.find(tx, known))
                .ifPresent(s -> silences.save(tx, s));
        tx.afterCommit(this::start);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String newId() {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        return "z_" + Base32.encode(bytes);
    }
}
