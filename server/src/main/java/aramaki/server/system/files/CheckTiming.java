package aramaki.server.system.files;

import aramaki.model.Refusal;
import aramaki.model.observation.Check;
import aramaki.model.observation.Schedule;
import aramaki.protocol.schedule.CronTimes;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// What a check's file says about time.
record CheckTiming(
        Schedule schedule, Duration timeout, Duration ttl, int attempts, Optional<Duration> retry) {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST_EVERY = Duration.ofDays(7);
    static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    static final Duration LONGEST_TTL = Duration.ofDays(30);

    /// What runs once a year or month has to outlive the time between.
    static final Duration LONGEST_CRON_TTL = Duration.ofDays(400);

    static final int MAX_ATTEMPTS = 100;

    private static final ZoneId UTC = ZoneId.of("UTC");

    /// A schedule, with the longest time between two runs.
    private record Rhythm(Schedule schedule, String key, Duration longest, Duration longestTtl) {}

    /// Empty where something is wrong, which is noted.
    static Optional<CheckTiming> read(Mapping top) {
        var rhythm = rhythm(top);
        var timeout =
                top.get("timeout")
                        .flatMap(v -> v.duration(SHORTEST, LONGEST_TIMEOUT))
                        .orElse(Check.DEFAULT_TIMEOUT);
        var ttl = ttl(top, rhythm, timeout);
        var attempts = top.get("attempts").flatMap(v -> v.integer(1, MAX_ATTEMPTS)).orElse(1);
        var retry = retry(top, rhythm);
        return rhythm.flatMap(
                r -> ttl.map(t -> new CheckTiming(r.schedule(), timeout, t, attempts, retry)));
    }

    private static Optional<Rhythm> rhythm(Mapping top) {
        var cron = top.get("cron");
        var timezone = top.get("timezone");
        if (cron.isPresent() && top.get("every").isPresent()) {
            cron.get().wrong("stands beside every; keep one of the two");
            return Optional.empty();
        }
        if (cron.isEmpty()) {
            timezone.ifPresent(
                    v ->
                            v.wrong(
                                    "stands without cron; leave it out, or write for instance cron:"
                                            + " \"0 3 * * *\""));
            return top.need("every", "60s")
                    .flatMap(v -> v.duration(SHORTEST, LONGEST_EVERY))
                    .map(e -> new Rhythm(new Schedule.Every(e), "every", e, LONGEST_TTL));
        }
        var zone = timezone.isEmpty() ? Optional.of(UTC) : timezone.flatMap(CheckTiming::zone);
        var text = cron.get().text(Value.LINE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var gap = CronTimes.of(text.get(), ZoneOffset.UTC).longestGap();
            if (gap.compareTo(LONGEST_CRON_TTL) > 0) {
                cron.get().wrong("runs less than once a year; write one that runs more often");
                return Optional.empty();
            }
            return zone.map(
                    z ->
                            new Rhythm(
                                    new Schedule.Cron(text.get(), z),
                                    "the longest time between two runs",
                                    gap,
                                    LONGEST_CRON_TTL));
        } catch (Refusal e) {
            cron.get().wrong(e.text());
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(Value value) {
        var known = ZoneId.getAvailableZoneIds();
        return value.text(Value.LINE)
                .filter(
                        name -> {
                            if (!known.contains(name)) {
                                value.wrong(
                                        Problems.quoted(name)
                                                + " is no time zone we know"
                                                + Nearest.to(name, known)
                                                        .map(n -> "; did you mean " + n + "?")
                                                        .orElse(
                                                                "; write one such as UTC or"
                                                                        + " Europe/Berlin"));
                            }
                            return known.contains(name);
                        })
                .map(ZoneId::of);
    }

    private static Optional<Duration> ttl(Mapping top, Optional<Rhythm> rhythm, Duration timeout) {
        var value = top.get("ttl");
        var most = rhythm.map(Rhythm::longestTtl).orElse(LONGEST_CRON_TTL);
        var ttl = value.flatMap(v -> v.duration(SHORTEST, most));
        if (rhythm.isEmpty()) {
            return Optional.empty();
        }
        var longest = rhythm.get().longest();
        var standard = Check.defaultTtl(longest, timeout);
        if (standard.compareTo(most) > 0) {
            standard = most;
        }
        if (ttl.isPresent() && ttl.get().compareTo(longest) <= 0) {
            value.get()
                    .wrong(
                            "is "
                                    + Durations.text(ttl.get())
                                    + ", not longer than "
                                    + rhythm.get().key()
                                    + " ("
                                    + Durations.text(longest)
                                    + "); write more, or leave it out for "
                                    + Durations.text(standard));
        }
        return Optional.of(ttl.orElse(standard));
    }

    private static Optional<Duration> retry(Mapping top, Optional<Rhythm> rhythm) {
        var value = top.get("retry");
        var retry = value.flatMap(v -> v.duration(SHORTEST, LONGEST_EVERY));
        if (retry.isPresent()
                && rhythm.isPresent()
                && rhythm.get().schedule() instanceof Schedule.Every(var every)
                && retry.get().compareTo(every) > 0) {
            value.get()
                    .wrong(
                            "is "
                                    + Durations.text(retry.get())
                                    + ", longer than every ("
                                    + Durations.text(every)
                                    + "); write at most that");
        }
        return retry;
    }
}
