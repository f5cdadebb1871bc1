package aramaki.model.timeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every kind of event, the class its log has, and one sentence for people. The word is what stands
/// in the header for ever: none is ever renamed.
public enum EventType {
    SYSTEM_CREATED("system.created", EventClass.PUBLIC, "A system came to be."),
    SYSTEM_CHANGED("system.changed", EventClass.OPS, "A system's definition changed."),
    SYSTEM_DELETED("system.deleted", EventClass.OPS, "A system was removed; its log stays."),
    STATE_CHANGED("state.changed", EventClass.OPS, "A check reached another state."),
    CHECK_FLAPPING("check.flapping", EventClass.OPS, "A check began to change all the time."),
    CHECK_STEADY("check.steady", EventClass.OPS, "A check that flapped is steady again."),
    ALERT_FIRED("alert.fired", EventClass.OPS, "A problem began."),
    ALERT_CHANGED("alert.changed", EventClass.OPS, "A problem became better or worse."),
    ALERT_RESOLVED("alert.resolved", EventClass.OPS, "A problem ended."),
    ALERT_ACKNOWLEDGED("alert.acknowledged", EventClass.OPS, "Somebody has these alerts."),
    ALERT_UNACKNOWLEDGED("alert.unacknowledged", EventClass.OPS, "Nobody has them any more."),
    ALERT_REMINDED("alert.reminded", EventClass.OPS, "An acknowledgement is about to run out."),
    ALERT_LAPSED("alert.lapsed", EventClass.OPS, "An acknowledgement ran out."),
    ALERT_ASSIGNED("alert.assigned", EventClass.OPS, "Alerts were given to a person."),
    ALERT_COMMENTED("alert.commented", EventClass.OPS, "A person wrote about alerts."),
    ALERT_CLOSED("alert.closed", EventClass.OPS, "A person resolved alerts by hand."),
    ALERT_RESTORED("alert.restored", EventClass.OPS, "An act on alerts was undone."),
    ALERT_BULK("alert.bulk", EventClass.OPS, "A person acted on many alerts at once."),
    SILENCE_ADDED("silence.added", EventClass.OPS, "Somebody asked for quiet about some alerts."),
    SILENCE_WARNED("silence.warned", EventClass.OPS, "A silence is about to end."),
    SILENCE_EXPIRED("silence.expired", EventClass.OPS, "A silence ended."),
    NOTE_ADDED("note.added", EventClass.OPS, "A person wrote something down."),
    EVENT_REDACTED("event.redacted", EventClass.OPS, "The content of an event was taken away."),
    EVENT_RECEIVED("event.received", EventClass.OPS, "Something outside told us what happened."),
    AGENT_CONNECTED("agent.connected", EventClass.OPS, "An agent that was silent is back."),
    AGENT_SILENT("agent.silent", EventClass.OPS, "Agents stopped talking to us."),
    AGENT_STOPPED("agent.stopped", EventClass.OPS, "An agent announced that it stops."),
    AGENT_STARTED("agent.started", EventClass.OPS, "An agent's program began to run."),
    AGENT_PAUSED("agent.paused", EventClass.OPS, "An agent runs no checks for a while."),
    AGENT_RESUMED("agent.resumed", EventClass.OPS, "A pause of an agent ended."),
    HOST_REBOOTED("host.rebooted", EventClass.OPS, "A host began to run anew."),
    HOST_PACKAGES("host.packages", EventClass.OPS, "Packages of a host changed."),
    RESULTS_GAP("results.gap", EventClass.OPS, "Results were lost between an agent and us."),
    AGENT_INVITED("agent.invited", EventClass.RESTRICTED, "Agents were invited to join."),
    AGENT_JOINED("agent.joined", EventClass.RESTRICTED, "An agent joined by an invite."),
    AGENT_REVOKED("agent.revoked", EventClass.RESTRICTED, "An agent was shut out."),
    PERSON_ADMITTED("person.admitted", EventClass.RESTRICTED, "A person was let in."),
    PERSON_INVITED("person.invited", EventClass.RESTRICTED, "A person was invited to join."),
    PERSON_UNINVITED(
            "person.uninvited", EventClass.RESTRICTED, "An invitation was taken back, unused."),
    PERSON_JOINED("person.joined", EventClass.RESTRICTED, "A person joined by an invitation."),
    PERSON_DISABLED("person.disabled", EventClass.RESTRICTED, "A person was shut out."),
    PERSON_ENABLED("person.enabled", EventClass.RESTRICTED, "A person may come in again."),
    PASSKEY_ADDED("passkey.added", EventClass.RESTRICTED, "A person signs in with a new passkey."),
    PASSKEY_REMOVED("passkey.removed", EventClass.RESTRICTED, "A passkey is good no longer."),
    IDENTITY_LINKED(
            "identity.linked",
            EventClass.RESTRICTED,
            "A person signs in with an account of their organisation."),
    IDENTITY_UNLINKED(
            "identity.unlinked",
            EventClass.RESTRICTED,
            "An account of an organisation signs in no longer."),
    PASSWORD_SET("password.set", EventClass.RESTRICTED, "A person set a password."),
    PASSWORD_REMOVED("password.removed", EventClass.RESTRICTED, "A password is good no longer."),
    CODES_MADE("codes.made", EventClass.RESTRICTED, "A person has new recovery codes."),
    TOKEN_ADDED("token.added", EventClass.RESTRICTED, "A program may act for a person."),
    TOKEN_REVOKED("token.revoked", EventClass.RESTRICTED, "A token is good no longer."),
    KEY_ADDED("key.added", EventClass.RESTRICTED, "This instance got a key."),
    KEY_ROTATED("key.rotated", EventClass.RESTRICTED, "A key of this instance was replaced."),
    RECOVERY_ROTATED("recovery.rotated", EventClass.RESTRICTED, "The recovery keys were replaced."),
    RECOVERY_USED(
            "recovery.used", EventClass.RESTRICTED, "Recovery keys let a person in on the host."),
    GRANT_GIVEN("grant.given", EventClass.RESTRICTED, "Somebody was given rights."),
    GRANT_REVOKED("grant.revoked", EventClass.RESTRICTED, "Rights were taken away."),
    GRANT_INVOKED("grant.invoked", EventClass.OPS, "Rights for an emergency were woken."),
    GRANT_REACHED("grant.reached", EventClass.OPS, "Rights cover this system."),
    GRANT_WITHDRAWN("grant.withdrawn", EventClass.OPS, "Rights cover this system no more."),
    SERVER_STARTED("server.started", EventClass.RESTRICTED, "This server started."),
    SERVER_STOPPED("server.stopped", EventClass.RESTRICTED, "This server stopped."),
    INSTANCE_RESTORED("instance.restored", EventClass.OPS, "The log goes on after a restore."),
    INSTANCE_RECOVERED("instance.recovered", EventClass.OPS, "A restore was looked at.");

    private final String word;
    private final EventClass eventClass;
    private final String meaning;

    EventType(String word, EventClass eventClass, String meaning) {
        this.word = word;
        this.eventClass = eventClass;
        this.meaning = meaning;
    }

    public String word() {
        return word;
    }

    public EventClass eventClass() {
        return eventClass;
    }

    public String meaning() {
        return meaning;
    }

    /// `alert` means all types that begin so.
    public static List<EventType> matching(String word) {
        return Stream.of(values())
                .filter(t -> t.word.equals(word) || t.word.startsWith(word + "."))
                .toList();
    }

    public static Optional<EventType> ofWord(String word) {
        return Stream.of(values()).filter(t -> t.word.equals(word)).findFirst();
    }
}
