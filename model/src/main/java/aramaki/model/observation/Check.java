package aramaki.model.observation;

import aramaki.model.Labels;
import java.time.Duration;
import java.util.Optional;

/// How something is observed, how often, and what counts as bad. Belongs to exactly one system.
///
/// @param output the form of what its command prints
/// @param timeout after which a run is ended, with everything it started
/// @param ttl after which silence means *stale*
/// @param attempts bad results in a row before the state counts
/// @param retry between attempts while a bad result is not yet believed
/// @param on labels and tags an agent must carry; none means all agents of the system
/// @param runbook a path inside the system's folder
public record Check(
        CheckName name,
        Probing probing,
        Output output,
        Schedule schedule,
        Duration timeout,
        Duration ttl,
        int attempts,
        Optional<Duration> retry,
        Labels on,
        Labels labels,
        Optional<String> runbook) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /// A check with every default: `ttl` is 2 × every + timeout.
    public static Check of(CheckName name, Probing probing, Duration every) {
        return new Check(
                name,
                probing,
                Output.NAGIOS,
                new Schedule.Every(every),
                DEFAULT_TIMEOUT,
                defaultTtl(every, DEFAULT_TIMEOUT),
                1,
                Optional.empty(),
                Labels.NONE,
                Labels.NONE,
                Optional.empty());
    }

    public static Duration defaultTtl(Duration every, Duration timeout) {
        return every.multipliedBy(2).plus(timeout);
    }
}
