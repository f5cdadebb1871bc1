package aramaki.agent.link;

import java.time.Duration;

/// How long a link waits for what.
///
/// @param greeting for the connection and for each answer of the handshake
/// @param send for the network to take one frame
/// @param firstRetry pause after a cut; doubles up to `lastRetry`
/// @param refusedRetry pause after a refusal that only a person can lift
/// @param stalled connected, but nothing acknowledged for so long: connect anew
/// @param drain at a planned stop
public record Timing(
        Duration greeting,
        Duration send,
        Duration firstRetry,
        Duration lastRetry,
        Duration refusedRetry,
        Duration stalled,
        Duration drain) {
    public static final Timing DEFAULT =
            new Timing(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2));
}
