package aramaki.server.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How far the clocks of agents are from ours, by what their heartbeats say. A heartbeat that was
/// long on its way makes a clock seem late, so the least of a few counts.
public final class AgentClocks {
    private static final int FEW = 3;

    private final Map<String, Deque<Duration>> ahead = new ConcurrentHashMap<>();

    /// An agent said what time it has.
    public void told(String agent, Instant said, Instant heard) {
        ahead.compute(
                agent,
                (_, known) -> {
                    var last = known == null ? new ArrayDeque<Duration>() : new ArrayDeque<>(known);
                    last.addLast(Duration.between(heard, said));
                    if (last.size() > FEW) {
                        last.removeFirst();
                    }
                    return last;
                });
    }

    /// How far it is ahead of us; negative when it is behind.
    public Optional<Duration> ahead(String agent) {
        return Optional.ofNullable(ahead.get(agent))
                .flatMap(last -> last.stream().min(Comparator.comparing(Duration::abs)));
    }
}
