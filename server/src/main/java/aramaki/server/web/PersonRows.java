package aramaki.server.web;

import aramaki.server.access.AccessStore.Credential;
import aramaki.server.access.LinkedIdentity;
import aramaki.server.access.Person;
import aramaki.server.audit.AccessLogStore.Place;
import aramaki.server.audit.Audit;
import aramaki.server.web.view.PersonRow;
import aramaki.server.web.view.SessionRow;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.TokenRow;
import aramaki.server.web.view.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// From people, sessions and tokens to the rows that several pages show.
final class PersonRows {
    private static final int ADDRESSES = 3;

    private final Proving proving;
    private final Audit audit;
    private final Views views;

    PersonRows(Proving proving, Audit audit, Views views) {
        this.proving = proving;
        this.audit = audit;
        this.views = views;
    }

    PersonRow person(Moment moment, Person person) {
        var sessions = proving.access().sessions(person.id());
        return new PersonRow(
                person.disabled() ? StateBadge.shutOut() : StateBadge.here(),
                person.name(),
                person.title(),
                person.role(),
                ways(person.id()),
                Integer.toString(sessions.size()),
                ago(moment, person.seenAt()));
    }

    private String ways(String person) {
        var ways = new ArrayList<String>();
        int passkeys = proving.passkeys().of(person).size();
        if (passkeys > 0) {
            ways.add(Views.count(passkeys, "passkey", "passkeys"));
        }
        proving.organisations().of(person).stream()
                .map(LinkedIdentity::organisation)
                .distinct()
                .forEach(ways::add);
        if (proving.passwords().has(person)) {
            ways.add("a password");
        }
        int codes = proving.passwords().codesLeft(person);
        if (codes > 0) {
            ways.add(Views.count(codes, "recovery code", "recovery codes"));
        }
        return ways.isEmpty() ? "one-time links only" : String.join(", ", ways);
    }

    List<SessionRow> sessions(Moment moment, String person, String own) {
        var places = audit.places(person);
        return proving.access().sessions(person).stream()
                .map(
                        s ->
                                new SessionRow(
                                        s.id(),
                                        s.label(),
                                        s.proof().words(),
                                        ago(moment, s.createdAt()),
                                        ago(moment, s.usedAt()),
                                        from(places, s),
                                        s.id().equals(own)))
                .toList();
    }

    List<TokenRow> tokens(Moment moment, String person) {
        var places = audit.places(person);
        return proving.access().tokens(person).stream()
                .map(t -> token(moment, t, from(places, t)))
                .toList();
    }

    private static String from(List<Place> places, Credential credential) {
        return places.stream()
                .filter(p -> p.credential().equals(credential.id()))
                .map(Place::address)
                .limit(ADDRESSES)
                .collect(Collectors.joining(", "));
    }

    private TokenRow token(Moment moment, Credential token, String from) {
        return new TokenRow(
                token.id(),
                token.label(),
                ago(moment, token.createdAt()),
                ago(moment, token.usedAt()),
                from,
                ago(moment, token.expiresAt()));
    }

    When ago(Moment moment, Instant at) {
        return views.ago(moment, Optional.of(at).filter(t -> t.isAfter(Instant.EPOCH)));
    }
}
