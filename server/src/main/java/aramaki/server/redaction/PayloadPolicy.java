package aramaki.server.redaction;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventType;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How long the payloads of events are kept, by type; those not named for ever.
public record PayloadPolicy(Map<EventType, Duration> keep) {
    public static final PayloadPolicy FOR_EVER = new PayloadPolicy(Map.of());

    private static final Duration SHORTEST = Duration.ofDays(1);

    /// Types that nothing is folded from.
    private static final Set<EventType> PRUNABLE =
            EnumSet.of(
                    EventType.STATE_CHANGED,
                    EventType.NOTE_ADDED,
                    EventType.EVENT_RECEIVED,
                    EventType.AGENT_STARTED,
                    EventType.AGENT_STOPPED,
                    EventType.HOST_REBOOTED,
                    EventType.HOST_PACKAGES,
                    EventType.RESULTS_GAP,
                    EventType.SERVER_STARTED,
                    EventType.SERVER_STOPPED);

    public PayloadPolicy {
        keep = Collections.unmodifiableMap(new TreeMap<>(keep));
    }

    /// With types whose word is or begins with this, such as `host`, kept so long.
    public PayloadPolicy with(String word, Duration length) {
        var types = EnumSet.noneOf(EventType.class);
        types.addAll(EventType.matching(word));
        types.retainAll(PRUNABLE);
        if (types.isEmpty()) {
            throw Refusal.invalid(
                    "bad-payload-type",
                    "payloads of "
                            + word
                            + " are kept for ever; these need not be: "
                            + PRUNABLE.stream()
                                    .map(EventType::word)
                                    .collect(Collectors.joining(", ")));
        }
        if (length.compareTo(SHORTEST) < 0) {
            throw Refusal.invalid("bad-payload-length", "payloads are kept for a day at least");
        }
        var all = new EnumMap<EventType, Duration>(EventType.class);
        all.putAll(keep);
        types.forEach(type -> all.put(type, length));
        return new PayloadPolicy(all);
    }
}
