package aramaki.agent.schedule;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import aramaki.protocol.schedule.CronTimes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Which check is due when. Knows no threads and no clock: it is told the time. Not safe for
/// several threads.
final class Plan {
    /// A pause this long between two looks means that the host slept or its clock was set.
    static final Duration JUMP = Duration.ofSeconds(10);

    static final long MIN_EVERY_MILLIS = 50;
    private static final Comparator<Entry> BY_DUE =
            Comparator.comparing((Entry e) -> e.due).thenComparing(e -> e.key);

    /// A run that was given out.
    ///
    /// @param due when the schedule wanted it
    record Due(CheckKey key, Assignment assignment, Instant due) {}

    /// One check of one entity, waiting or running.
    private static final class Entry {
        final CheckKey key;
        final Assignment assignment;
        final Rhythm rhythm;
        Instant due;
        boolean first = true;
        boolean running;
        boolean asked;
        int bad;

        Entry(CheckKey key, Assignment assignment, Rhythm rhythm, Instant due) {
            this.key = key;
            this.assignment = assignment;
            this.rhythm = rhythm;
            this.due = due;
        }
    }

    private final String agent;
    private final Consumer<String> unread;
    private final Map<CheckKey, Entry> entries = new LinkedHashMap<>();
    private final TreeSet<Entry> waiting = new TreeSet<>(BY_DUE);
    private Instant looked = Instant.MIN;

    /// @param unread told of a schedule that cannot be read
    Plan(String agent, Consumer<String> unread) {
        this.agent = agent;
        this.unread = unread;
    }

    int size() {
        return entries.size();
    }

    /// Takes a whole new list: equal checks keep their times, new and changed ones run soon.
    void replace(Map<CheckKey, Assignment> wanted, Instant now) {
        replace(wanted, now, false);
    }

    /// @param known whether this is the list from before this agent started again
    void replace(Map<CheckKey, Assignment> wanted, Instant now, boolean known) {
        for (var entry : List.copyOf(entries.values())) {
            if (!entry.assignment.equals(wanted.get(entry.key))) {
                waiting.remove(entry);
                entries.remove(entry.key);
            }
        }
        wanted.forEach(
                (key, assignment) -> {
                    if (!entries.containsKey(key)) {
                        var rhythm = rhythm(key, assignment);
                        var due = known ? rhythm.resumed(now) : rhythm.first(now);
                        var entry = new Entry(key, assignment, rhythm, due);
                        entries.put(key, entry);
                        waiting.add(entry);
                    }
                });
    }

    /// One whose crontab this agent cannot read runs every so often instead of never.
    private Rhythm rhythm(CheckKey key, Assignment assignment) {
        var every = Math.max(assignment.everyMillis(), MIN_EVERY_MILLIS);
        var splay = Splay.of(agent, key, every);
        String cron = assignment.cron();
        String zone = assignment.zone();
        if (cron == null || zone == null) {
            return splay;
        }
        try {
            return new CronRhythm(CronTimes.of(cron, ZoneId.of(zone)), splay);
        } catch (Refusal | DateTimeException e) {
            unread.accept(key + ": " + cron + " " + zone + ": " + e.getMessage());
            return splay;
        }
    }

    /// Gives out what is due, the longest due first.
    List<Due> take(Instant now, int most) {
        if (looked != Instant.MIN && jumped(now)) {
            spreadOverdue(now);
        }
        looked = now;
        var taken = new ArrayList<Due>();
        while (taken.size() < most && !waiting.isEmpty() && !waiting.first().due.isAfter(now)) {
            taken.add(given(waiting.pollFirst()));
        }
        return taken;
    }

    /// Gives out what somebody asked for, and nothing else.
    List<Due> takeAsked(Instant now, int most) {
        var asked =
                waiting.stream().filter(e -> e.asked && !e.due.isAfter(now)).limit(most).toList();
        waiting.removeAll(asked);
        return asked.stream().map(Plan::given).toList();
    }

    private static Due given(Entry entry) {
        entry.running = true;
        entry.asked = false;
        return new Due(entry.key, entry.assignment, entry.due);
    }

    /// Nothing was given out for a while: what is overdue runs soon, not all at once.
    void resume(Instant now) {
        spreadOverdue(now);
        looked = now;
    }

    private boolean jumped(Instant now) {
        return now.isBefore(looked) || now.isAfter(looked.plus(JUMP));
    }

    /// After a sleep everything would be overdue at once, after a clock set back nothing for long.
    private void spreadOverdue(Instant now) {
        for (var entry : List.copyOf(waiting)) {
            var next = entry.rhythm.after(now);
            boolean late = entry.due.isBefore(now);
            if (late || entry.due.isAfter(next)) {
                waiting.remove(entry);
                entry.first = late;
                entry.due = late ? entry.rhythm.first(now) : next;
                waiting.add(entry);
            }
        }
    }

    /// When to look again.
    Optional<Instant> next() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().due);
    }

    /// A run has ended; plans the next one.
    ///
    /// @return whether the check is still wanted as it was run
    boolean finished(Due run, State state, Instant now) {
        var entry = entries.get(run.key());
        if (entry == null || !entry.running || !entry.assignment.equals(run.assignment())) {
            return entry != null;
        }
        entry.running = false;
        entry.bad = state.bad() ? entry.bad + 1 : 0;
        entry.due = following(entry, now);
        entry.first = false;
        waiting.add(entry);
        return true;
    }

    private static Instant following(Entry entry, Instant now) {
        Instant regular = entry.first ? entry.rhythm.afterFirst(now) : entry.rhythm.after(now);
        Long retry = entry.assignment.retryMillis();
        if (retry == null || entry.bad == 0 || entry.bad >= entry.assignment.attempts()) {
            return regular;
        }
        Instant again = now.plusMillis(Math.max(retry, MIN_EVERY_MILLIS));
        return again.isBefore(regular) ? again : regular;
    }

    /// Makes a check due now, for each of its entities; one that runs already is left to it.
    int runNow(String system, String check, Instant now) {
        int found = 0;
        for (var entry : entries.values()) {
            boolean meant =
                    entry.key.system().value().equals(system)
                            && entry.key.check().value().equals(check);
            if (meant) {
                found++;
                if (!entry.running) {
                    waiting.remove(entry);
                    entry.due = now;
                    entry.asked = true;
                    waiting.add(entry);
                }
            }
        }
        return found;
    }

    Collection<Assignment> assignments() {
        return entries.values().stream().map(e -> e.assignment).toList();
    }
}
