package aramaki.server.projection;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A table that the logs tell the content of, or some of its columns.
public enum Table {
    SYSTEM("system", "managed_system", 1, "name system_id folder files #anchored #deleted"),
    PERSON("person", "person", 1, "person_id name role admitted title #disabled #since_ms"),
    INVITATION(
            "invitation",
            "invitation",
            1,
            "invitation_id name title grants invited_by #expires_ms #used event_hash"),
    PASSKEY("passkey", "passkey", 1, "passkey_id person_id label host public_key #added_ms"),
    IDENTITY(
            "linked identity",
            "linked_identity",
            2,
            "issuer subject person_id organisation #linked_ms"),
    GRANT(
            "grant",
            "grant_given",
            1,
            "grant_id holder document giver #given_ms #ended_ms #awake_ms"),
    COVER("cover of a grant", "grant_cover", 1, "event_hash grant_id system_id #ended"),
    INVITE("invite", "invite", 1, "invite_id systems labels #uses_left #expires_ms event_hash"),
    AGENT("agent", "agent", 1, "agent_id name public_key systems labels #joined_ms granted"),
    /// What an agent is said to be doing; only some of it is in the log.
    PRESENCE("agent", "agent", 1, "agent_id state"),
    PAUSE("agent", "agent", 1, "agent_id pause"),
    ALERT(
            "alert",
            "alert",
            3,
            "system entity check_name episode #firing severity #since_ms #resolved_ms output"
                    + " #flapping owner owner_name #ack_ms #ack_until_ms ack_comment #reminded act"),
    EPISODE(
            "episode",
            "episode",
            1,
            "episode system entity check_name severity #since_ms #resolved_ms"),
    HISTORY(
            "past of the alert",
            "alert_history",
            3,
            "system entity check_name #first_ms #last_ok_ms #total fired lasted hours"),
    ACT("act on alerts", "alert_act", 1, "event_hash act"),
    SILENCE(
            "silence",
            "silence",
            1,
            "silence system title matchers #mine #starts_ms #expires_ms reason owner owner_name"
                    + " #added_ms #warned #ended_ms #hid"),
    REFERENCE("reference", "event_reference", 3, "target event_hash relation"),
    RECEIVED("received event", "received_event", 1, "identity event_hash");

    private static final String NUMBER = "#";

    private final String thing;
    private final String sql;
    private final int keys;
    private final List<Column> columns;

    /// @param number a whole number; otherwise a text
    public record Column(String name, boolean number) {}

    Table(String thing, String sql, int keys, String columns) {
        this.thing = thing;
        this.sql = sql;
        this.keys = keys;
        this.columns =
                Stream.of(columns.split(" ", -1))
                        .map(c -> new Column(c.replace(NUMBER, ""), c.startsWith(NUMBER)))
                        .toList();
    }

    /// What one row of it is, for people.
    public String thing() {
        return thing;
    }

    /// Its name in the store.
    public String sql() {
        return sql;
    }

    public List<Column> columns() {
        return columns;
    }

    public List<Column> key() {
        return columns.subList(0, keys);
    }

    public List<Column> others() {
        return columns.subList(keys, columns.size());
    }

    List<String> keyOf(List<String> row) {
        return row.subList(0, keys);
    }

    /// What a new row has in the columns that no log tells: nothing is known of it yet.
    public Map<String, String> unknown() {
        return this == AGENT
                ? Map.of(
                        "state", "stopped", "version", "", "policy", "", "facts", "{}", "epoch", "")
                : Map.of();
    }

    /// Whether a row can be made from the log alone: the secret of an invite is not in it.
    boolean told() {
        return this != INVITE && this != INVITATION;
    }
}
