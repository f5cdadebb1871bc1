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
