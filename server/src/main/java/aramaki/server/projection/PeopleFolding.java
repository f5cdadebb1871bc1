package aramaki.server.projection;

import aramaki.model.timeline.EventType;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.store.Tx;
import aramaki.server.timeline.StoredEvent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who was invited and let in, who was shut out, and by what they sign in.
final class PeopleFolding implements Folding {
    private final Map<String, Let> people = new HashMap<>();
    private final Map<String, Invited> invitations = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, Added> passkeys = new HashMap<>();
    private final Map<List<String>, Linked> identities = new HashMap<>();

    private record Let(
            String name, String title, String role, StoredEvent event, boolean disabled) {
        Let disabled(boolean so) {
            return new Let(name, title, role, event, so);
        }
    }

    private record Invited(Payload.PersonInvited said, StoredEvent event) {}

    private record Linked(Payload.IdentityLinked said, StoredEvent event) {}

    private record Added(Payload.PasskeyAdded said, StoredEvent event) {}

    @Override
    public Set<EventType> types() {
        return EnumSet.of(
                EventType.PERSON_ADMITTED,
                EventType.PERSON_INVITED,
                EventType.PERSON_UNINVITED,
                EventType.PERSON_JOINED,
                EventType.PERSON_DISABLED,
                EventType.PERSON_ENABLED,
                EventType.PASSKEY_ADDED,
                EventType.PASSKEY_REMOVED,
                EventType.IDENTITY_LINKED,
                EventType.IDENTITY_UNLINKED);
    }

    @Override
    public void see(Tx tx, StoredEvent event, Payload data) {
        switch (data) {
            case Payload.PersonAdmitted p ->
                    people.put(p.person(), new Let(p.name(), "", p.role(), event, false));
            case Payload.PersonInvited p -> invitations.put(p.invitation(), new Invited(p, event));
            case Payload.PersonUninvited p -> used.add(p.invitation());
            case Payload.PersonJoined p -> {
                people.put(p.person(), new Let(p.name(), p.title(), p.role(), event, false));
                used.add(p.invitation());
            }
            case Payload.PersonDisabled p ->
                    people.computeIfPresent(p.person(), (_, let) -> let.disabled(true));
            case Payload.PersonEnabled p ->
                    people.computeIfPresent(p.person(), (_, let) -> let.disabled(false));
            case Payload.PasskeyAdded p -> passkeys.put(p.passkey(), new Added(p, event));
            case Payload.PasskeyRemoved p -> passkeys.remove(p.passkey());
            case Payload.IdentityLinked p ->
                    identities.put(List.of(p.issuer(), p.subject()), new Linked(p, event));
            case Payload.IdentityUnlinked p -> identities.remove(List.of(p.issuer(), p.subject()));
            default -> {} // not of these types
        }
    }

    @Override
    public void compare(Tx tx, Comparison comparison) {
        comparison.hold(tx, Table.PERSON, personRows());
        comparison.hold(tx, Table.INVITATION, invitationRows());
        comparison.hold(tx, Table.PASSKEY, passkeyRows());
        comparison.hold(tx, Table.IDENTITY, identityRows());
    }

    private Map<List<String>, List<String>> personRows() {
        var rows = new HashMap<List<String>, List<String>>();
        people.forEach(
                (id, let) ->
                        rows.put(
                                List.of(id),
                                List.of(
                                        id,
                                        let.name(),
                                        let.role(),
                                        let.event().hash().hex(),
                                        let.title(),
                                        let.disabled() ? "1" : "0",
                                        millis(let.event().header().at()))));
        return rows;
    }

    private Map<List<String>, List<String>> invitationRows() {
        var rows = new HashMap<List<String>, List<String>>();
        invitations.forEach(
                (id, invited) ->
                        rows.put(
                                List.of(id),
                                List.of(
                                        id,
                                        invited.said().name(),
                                        invited.said().title(),
                                        Json.text(invited.said().grants()),
                                        invited.event().header().actor(),
                                        millis(invited.said().expiresAt()),
                                        used.contains(id) ? "1" : "0",
                                        invited.event().hash().hex())));
        return rows;
    }

    private Map<List<String>, List<String>> passkeyRows() {
        var rows = new HashMap<List<String>, List<String>>();
        passkeys.forEach(
                (id, added) ->
                        rows.put(
                                List.of(id),
                                List.of(
                                        id,
                                        added.said().person(),
                                        added.said().label(),
                                        added.said().host(),
                                        added.said().publicKey(),
                                        millis(added.event().header().at()))));
        return rows;
    }

    private Map<List<String>, List<String>> identityRows() {
        var rows = new HashMap<List<String>, List<String>>();
        identities.forEach(
                (key, linked) ->
                        rows.put(
                                key,
                                List.of(
                                        linked.said().issuer(),
                                        linked.said().subject(),
                                        linked.said().person(),
                                        linked.said().organisation(),
                                        millis(linked.event().header().at()))));
        return rows;
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }
}
