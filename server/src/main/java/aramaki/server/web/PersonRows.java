package aramaki.server.web;

import aramaki.server.access.AccessStore.Credential;
import aramaki.server.access.Person;
import aramaki.server.web.view.PersonRow;
import aramaki.server.web.view.SessionRow;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.TokenRow;
import aramaki.server.web.view.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From people, sessions and tokens to the rows that several pages show.
final class PersonRows {
    private final Proving proving;
    private final Views views;

    PersonRows(Proving proving, Views views) {
        this.proving = proving;
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
        return proving.access().sessions(person).stream()
                .map(
                        s ->
                                new SessionRow(
                                        s.id(),
                                        s.label(),
                                        s.proof().words(),
                                        ago(moment, s.createdAt()),
                                        ago(moment, s.usedAt()),
                                        s.id().equals(own)))
                .toList();
    }

    List<TokenRow> tokens(Moment moment, String person) {
        return proving.access().tokens(person).stream().map(t -> token(moment, t)).toList();
    }

    private TokenRow token(Moment moment, Credential token) {
        return new TokenRow(
                token.id(),
                token.label(),
                ago(moment, token.createdAt()),
                ago(moment, token.usedAt()),
                ago(moment, token.expiresAt()));
    }

    When ago(Moment moment, Instant at) {
        return views.ago(moment, Optional.of(at).filter(t -> t.isAfter(Instant.EPOCH)));
    }
}
