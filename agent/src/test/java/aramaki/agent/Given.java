package aramaki.agent;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Observation;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Values that tests begin with.
public final class Given {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Given() {}

    public static Observation observation(int number) {
        return observation(number, "OK - " + number);
    }

    public static Observation observation(int number, String output) {
        return new Observation(
                CheckKey.of("shop", "web1", "check-" + number % 10),
                State.OK,
                output,
                List.of(Metric.of("number", number, "")),
                NOON,
                NOON,
                NOON.plusMillis(number));
    }

    public static Assignment assignment(String check, long everyMillis) {
        return assignment(check, everyMillis, 1, 0);
    }

    public static Assignment assignment(
            String check, long everyMillis, int attempts, long retryMillis) {
        return new Assignment(
                "shop",
                "web1",
                check,
                null,
                "load",
                Map.of(),
                Map.of(),
                everyMillis,
                10_000,
                attempts,
                retryMillis == 0 ? null : retryMillis);
    }

    public static Assignment cron(String check, String cron, String zone) {
        return cron(check, cron, zone, 1, 0);
    }

    public static Assignment cron(
            String check, String cron, String zone, int attempts, long retryMillis) {
        return new Assignment(
                "shop",
                "web1",
                check,
                null,
                "load",
                Map.of(),
                Map.of(),
                3_600_000,
                10_000,
                attempts,
                retryMillis == 0 ? null : retryMillis,
                null,
                cron,
                zone);
    }
}
