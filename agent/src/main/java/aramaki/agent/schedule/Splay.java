package aramaki.agent.schedule;

import aramaki.model.observation.CheckKey;
import aramaki.protocol.crypto.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// Where in its interval a check lies: a grid of due times that is the same after every restart and
/// different for every agent, system, entity and check, so that a fleet does not act in step.
///
/// @param phaseMillis offset of the grid from the epoch
record Splay(long everyMillis, long phaseMillis, long hash) implements Rhythm {
    private static final Duration SOON = Duration.ofSeconds(10);

    static Splay of(String agent, CheckKey key, long everyMillis) {
        byte[] name = (agent + "\0" + key).getBytes(StandardCharsets.UTF_8);
        long hash = ByteBuffer.wrap(Digests.sha256(name)).getLong() & Long.MAX_VALUE;
        return new Splay(everyMillis, hash % everyMillis, hash);
    }

    @Override
    public Instant after(Instant time) {
        long since = Math.floorMod(time.toEpochMilli() - phaseMillis, everyMillis);
        return Instant.ofEpochMilli(time.toEpochMilli() + everyMillis - since);
    }

    /// When a check first runs: soon, even if its grid point is far, and not all at once.
    @Override
    public Instant first(Instant now) {
        long soon = SOON.toMillis();
        return everyMillis <= soon
                ? after(now)
                : Instant.ofEpochMilli(now.toEpochMilli() + (hash >>> 16) % soon);
    }

    /// The point of the grid to follow a first run, which may have come just before one.
    @Override
    public Instant afterFirst(Instant run) {
        long half = everyMillis <= SOON.toMillis() ? 0 : everyMillis / 2;
        return after(run.plusMillis(half));
    }

    @Override
    public Instant resumed(Instant now) {
        return first(now);
    }
}
