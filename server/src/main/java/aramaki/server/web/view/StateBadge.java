package aramaki.server.web.view;

import aramaki.model.observation.State;
import aramaki.model.timeline.EventType;

/// A state as people see it, three times over: a word, a sign, and a style that colours both.
public record StateBadge(String word, String sign, String css) {

    public static StateBadge of(State state) {
        return switch (state) {
            case OK -> new StateBadge("ok", "✔", "ok");
            case PENDING -> new StateBadge("pending", "…", "pending");
            case WARNING -> new StateBadge("warning", "▲", "warning");
            case UNKNOWN -> new StateBadge("unknown", "?", "unknown");
            case STALE -> new StateBadge("stale", "◌", "stale");
            case CRITICAL -> new StateBadge("critical", "✖", "critical");
        };
    }

    /// A problem that ended.
    public static StateBadge resolved() {
        return new StateBadge("resolved", "✔", "ok");
    }

    /// A problem that somebody has.
    public static StateBadge acknowledged() {
        return new StateBadge("acknowledged", "◉", "pending");
    }

    /// An agent that talks to us.
    public static StateBadge connected() {
        return new StateBadge("connected", "✔", "ok");
    }

    /// An agent that should talk to us and does not.
    public static StateBadge silent() {
        return new StateBadge("silent", "◌", "stale");
    }

    /// An agent that said that it stops.
    public static StateBadge stopped() {
        return new StateBadge("stopped", "■", "pending");
    }

    /// An agent or a check that is quiet because somebody wanted so.
    public static StateBadge paused() {
        return new StateBadge("paused", "‖", "pending");
    }

    /// Too old to go by, as was announced.
    public static StateBadge plannedStale() {
        return new StateBadge("stale, planned", "◌", "pending");
    }

    /// An agent that was shut out, a grant that was taken away.
    public static StateBadge revoked() {
        return new StateBadge("revoked", "⊘", "pending");
    }

    /// A person who may come in.
    public static StateBadge here() {
        return new StateBadge("here", "✔", "ok");
    }

    /// A person who may not come in any more.
    public static StateBadge shutOut() {
        return new StateBadge("shut out", "⊘", "pending");
    }

    /// A grant that holds.
    public static StateBadge inForce() {
        return new StateBadge("in force", "✔", "ok");
    }

    /// A grant that begins later.
    public static StateBadge waiting() {
        return new StateBadge("not yet", "…", "pending");
    }

    /// A grant for an emergency that there is not.
    public static StateBadge asleep() {
        return new StateBadge("asleep", "‖", "pending");
    }

    /// A grant for an emergency that somebody says there is.
    public static StateBadge awake() {
        return new StateBadge("emergency", "↯", "critical");
    }

    /// A grant whose time is over.
    public static StateBadge expired() {
        return new StateBadge("expired", "■", "pending");
    }

    /// A system that is named somewhere but that nobody here knows.
    public static StateBadge notKnown() {
        return new StateBadge("not known here", "?", "unknown");
    }

    /// The mark before an event. A change of state is better marked by the state it led to.
    public static StateBadge of(EventType type) {
        return switch (type) {
            case SYSTEM_CREATED, SYSTEM_CHANGED, SYSTEM_DELETED -> mark(type, "◆", "plain");
            case STATE_CHANGED -> mark(type, "●", "plain");
            case CHECK_FLAPPING -> mark(type, "↯", "warning");
            case CHECK_STEADY -> mark(type, "–", "plain");
            case ALERT_FIRED, ALERT_CHANGED -> mark(type, "▲", "warning");
            case ALERT_RESOLVED, ALERT_CLOSED -> mark(type, "✔", "ok");
            case ALERT_ACKNOWLEDGED, ALERT_ASSIGNED -> mark(type, "◉", "plain");
            case ALERT_UNACKNOWLEDGED, ALERT_RESTORED -> mark(type, "○", "plain");
            case ALERT_REMINDED, ALERT_LAPSED, SILENCE_WARNED -> mark(type, "⏲", "warning");
            case ALERT_COMMENTED -> mark(type, "✎", "note");
            case ALERT_BULK -> mark(type, "≡", "plain");
            case SILENCE_ADDED, SILENCE_EXPIRED -> mark(type, "⊝", "plain");
            case NOTE_ADDED -> mark(type, "✎", "note");
            case EVENT_REDACTED -> mark(type, "✕", "note");
            case EVENT_RECEIVED -> mark(type, "⇥", "note");
            case AGENT_CONNECTED -> mark(type, "↗", "ok");
            case AGENT_SILENT -> mark(type, "◌", "stale");
            case AGENT_STOPPED -> mark(type, "■", "plain");
            case AGENT_STARTED, HOST_REBOOTED -> mark(type, "↻", "plain");
            case AGENT_PAUSED -> mark(type, "‖", "plain");
            case AGENT_RESUMED -> mark(type, "▸", "plain");
            case HOST_PACKAGES -> mark(type, "◆", "plain");
            case RESULTS_GAP -> mark(type, "≠", "unknown");
            case AGENT_INVITED,
                    AGENT_JOINED,
                    PERSON_ADMITTED,
                    GRANT_GIVEN,
                    GRANT_REACHED,
                    PERSON_INVITED,
                    PERSON_JOINED,
                    PERSON_ENABLED,
                    PASSKEY_ADDED,
                    IDENTITY_LINKED,
                    PASSWORD_SET,
                    CODES_MADE,
                    TOKEN_ADDED,
                    KEY_ADDED ->
                    mark(type, "+", "plain");
            case KEY_ROTATED, RECOVERY_ROTATED -> mark(type, "↻", "warning");
            case RECOVERY_USED -> mark(type, "▲", "critical");
            case GRANT_INVOKED -> mark(type, "↯", "warning");
            case AGENT_REVOKED,
                    GRANT_REVOKED,
                    GRANT_WITHDRAWN,
                    PERSON_DISABLED,
                    PERSON_UNINVITED,
                    PASSKEY_REMOVED,
                    IDENTITY_UNLINKED,
                    PASSWORD_REMOVED,
                    TOKEN_REVOKED ->
                    mark(type, "⊘", "plain");
            case SERVER_STARTED, SERVER_STOPPED, INSTANCE_RESTORED, INSTANCE_RECOVERED ->
                    mark(type, "●", "plain");
        };
    }

    private static StateBadge mark(EventType type, String sign, String css) {
        return new StateBadge(type.word(), sign, css);
    }
}
