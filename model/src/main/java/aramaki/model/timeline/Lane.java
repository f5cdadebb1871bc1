package aramaki.model.timeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One of the strips that a timeline is drawn in: events of one kind, whatever their system.
public enum Lane {
    ALERTS("States and alerts"),
    OUTSIDE("From outside"),
    CHANGES("Changes"),
    HOSTS("Agents and hosts"),
    NOTES("Notes"),
    INSTANCE("This instance");

    private final String title;

    Lane(String title) {
        this.title = title;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public static Optional<Lane> ofWord(String word) {
        return Stream.of(values()).filter(lane -> lane.word().equals(word)).findFirst();
    }

    /// Where events of a type are drawn; a new type has to choose.
    public static Lane of(EventType type) {
        return switch (type) {
            case STATE_CHANGED,
                    CHECK_FLAPPING,
                    CHECK_STEADY,
                    ALERT_FIRED,
                    ALERT_CHANGED,
                    ALERT_RESOLVED,
                    ALERT_ACKNOWLEDGED,
                    ALERT_UNACKNOWLEDGED,
                    ALERT_REMINDED,
                    ALERT_LAPSED,
                    ALERT_ASSIGNED,
                    ALERT_COMMENTED,
                    ALERT_CLOSED,
                    ALERT_RESTORED,
                    ALERT_BULK,
                    SILENCE_ADDED,
                    SILENCE_WARNED,
                    SILENCE_EXPIRED ->
                    ALERTS;
            case EVENT_RECEIVED -> OUTSIDE;
            case SYSTEM_CREATED,
                    SYSTEM_CHANGED,
                    SYSTEM_DELETED,
                    GRANT_INVOKED,
                    GRANT_REACHED,
                    GRANT_WITHDRAWN ->
                    CHANGES;
            case AGENT_CONNECTED,
                    AGENT_SILENT,
                    AGENT_STOPPED,
                    AGENT_STARTED,
                    AGENT_PAUSED,
                    AGENT_RESUMED,
                    HOST_REBOOTED,
                    HOST_PACKAGES,
                    AGENT_INVITED,
                    AGENT_JOINED,
                    AGENT_REVOKED,
                    RESULTS_GAP ->
                    HOSTS;
            case NOTE_ADDED, EVENT_REDACTED -> NOTES;
            case PERSON_ADMITTED,
                    PERSON_INVITED,
                    PERSON_UNINVITED,
                    PERSON_JOINED,
                    PERSON_DISABLED,
                    PERSON_ENABLED,
                    PASSKEY_ADDED,
                    PASSKEY_REMOVED,
                    IDENTITY_LINKED,
                    IDENTITY_UNLINKED,
                    PASSWORD_SET,
                    PASSWORD_REMOVED,
                    CODES_MADE,
                    TOKEN_ADDED,
                    TOKEN_REVOKED,
                    KEY_ADDED,
                    KEY_ROTATED,
                    RECOVERY_ROTATED,
                    RECOVERY_USED,
                    GRANT_GIVEN,
                    GRANT_REVOKED,
                    SERVER_STARTED,
                    SERVER_STOPPED,
                    INSTANCE_RESTORED,
                    INSTANCE_RECOVERED ->
                    INSTANCE;
        };
    }

    public List<EventType> types() {
        return Arrays.stream(EventType.values()).filter(type -> of(type) == this).toList();
    }
}
