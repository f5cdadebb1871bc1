package aramaki.server.api;

import aramaki.model.Labels;
import aramaki.model.Refusal;
import aramaki.model.grant.Grant;
import aramaki.model.grant.Network;
import aramaki.model.grant.Reach;
import aramaki.model.grant.Role;
import aramaki.model.grant.Terms;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.protocol.Json;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import aramaki.server.access.Invitation;
import aramaki.server.access.People;
import aramaki.server.access.Person;
import aramaki.server.api.GrantAnswers.NewGrant;
import aramaki.server.grant.Grants;
import aramaki.server.sight.Sight;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.system.files.Durations;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what somebody asks to give: at once, with a token, or to a person who is yet to join.
public final class Wishes {
    private static final Set<EventClass> USUAL = EnumSet.of(EventClass.PUBLIC, EventClass.OPS);

    private final Grants grants;
    private final Systems systems;
    private final Access access;
    private final People people;
    private final InstantSource clock;

    public Wishes(
            Grants grants, Systems systems, Access access, People people, InstantSource clock) {
        this.grants = grants;
        this.systems = systems;
        this.access = access;
        this.people = people;
        this.clock = clock;
    }

    /// A grant for a holder whom it names.
    public Grants.Wish read(NewGrant said) {
        if (said.holder() == null) {
            throw Refusal.invalid("no-holder", "say whom the grant is for: holder is missing");
        }
        return read(said, holder(said.holder()));
    }

    /// A grant for a holder who is clear from where it stands.
    private Grants.Wish read(NewGrant said, String holder) {
        var from =
                Optional.ofNullable(said.notBefore())
                        .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return new Grants.Wish(
                holder,
                reach(said),
                new Terms(
                        verbs(said),
                        Optional.ofNullable(said.classes()).map(Wishes::classes).orElse(USUAL),
                        Boolean.TRUE.equals(said.passkey()),
                        list(said.networks()).stream().map(Network::parse).toList(),
                        from,
                        expiry(said, from),
                        Optional.ofNullable(said.depth()).orElse(0)),
                said.reason(),
                Optional.ofNullable(said.from()).map(grants::require).map(Grant::id),
                Boolean.TRUE.equals(said.emergency()));
    }

    private static Set<Verb> verbs(NewGrant said) {
        return Optional.ofNullable(said.role())
                .map(Role::ofWord)
                .map(Role::verbs)
                .orElseGet(() -> Verb.ofWords(list(said.verbs())));
    }

    private Reach reach(NewGrant said) {
        return new Reach(
                Boolean.TRUE.equals(said.everything()),
                list(said.systems()).stream()
                        .map(SystemName::new)
                        .map(this::id)
                        .collect(Collectors.toSet()),
                Labels.of(Optional.ofNullable(said.labels()).orElse(Map.of())));
    }

    private SystemId id(SystemName name) {
        if (!Sight.current().sees(name)) {
            throw Refusal.notFound("system", name.value());
        }
        return systems.require(name).id();
    }

    private static List<String> list(@Nullable List<String> said) {
        return Optional.ofNullable(said).orElse(List.of());
    }

    private static Instant expiry(NewGrant said, Instant from) {
        if (said.expiresAt() != null) {
            return said.expiresAt();
        }
        return Optional.ofNullable(said.expiresIn())
                .flatMap(Durations::parse)
                .map(from::plus)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "no-expiry",
                                        "a grant ends: say expiresIn, such as 8h or 90d, or"
                                                + " expiresAt"));
    }

    private static Set<EventClass> classes(List<String> words) {
        return words.stream().map(Wishes::ofWord).collect(Collectors.toSet());
    }

    private static EventClass ofWord(String word) {
        return Arrays.stream(EventClass.values())
                .filter(c -> c.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-class", "classes are public, ops and restricted"));
    }

    /// A person's name or id, or the id of another holder.
    String holder(String said) {
        return access.people().stream()
                .filter(p -> p.name().equals(said) || p.person().equals(said))
                .map(Caller::person)
                .findFirst()
                .or(
                        () ->
                                Optional.of(said)
                                        .filter(
                                                s ->
                                                        s.matches(
                                                                "t_[0-9a-f]{16}"
                                                                        + "|[ai]_[a-z2-7]{16,60}")))
                .orElseThrow(() -> Refusal.notFound("person", said));
    }

    /// Grants that wait in an invitation, refused now where nobody could give them; what they last
    /// counts from when the person joins.
    public List<JsonNode> waiting(Caller by, List<NewGrant> said) {
        var giver = Door.asker(by, Optional.empty());
        said.forEach(s -> grants.refuse(giver, read(nobodyElse(s), "")));
        return said.stream().map(s -> (JsonNode) Json.mapper().valueToTree(s)).toList();
    }

    /// Refuses a holder: it could only contradict.
    private static NewGrant nobodyElse(NewGrant said) {
        if (said.holder() != null) {
            throw Refusal.invalid("holder-is-clear", "leave holder out here: it is who joins");
        }
        return said;
    }

    /// What is waiting in an invitation, for people: `operator on shop for 8h: on call`.
    public static List<String> words(Invitation invitation) {
        return invitation.grants().stream().map(Wishes::of).map(Wishes::words).toList();
    }

    private static String words(NewGrant said) {
        String what = Optional.ofNullable(said.role()).orElseGet(() -> words(list(said.verbs())));
        String until =
                said.expiresAt() == null ? "for " + said.expiresIn() : "until " + said.expiresAt();
        return what + " on " + where(said) + " " + until + ": " + said.reason();
    }

    private static String words(List<String> verbs) {
        return Verb.words(Verb.ofWords(verbs));
    }

    private static String where(NewGrant said) {
        if (Boolean.TRUE.equals(said.everything())) {
            return "every system";
        }
        var labels = Labels.of(Optional.ofNullable(said.labels()).orElse(Map.of()));
        return Stream.concat(
                        list(said.systems()).stream(),
                        labels.values().isEmpty()
                                ? Stream.empty()
                                : Stream.of("systems with " + labels))
                .collect(Collectors.joining(", "));
    }

    private static NewGrant of(JsonNode waiting) {
        return Json.mapper().convertValue(waiting, NewGrant.class);
    }

    /// Gives a token what it is to hold, in the name of who makes it.
    void give(Tx tx, Caller by, String holder, List<NewGrant> said) {
        var giver = Door.asker(by, Optional.empty());
        said.forEach(s -> grants.give(tx, giver, read(nobodyElse(s), holder)));
    }

    /// Gives somebody who joins what their invitation says, in the name of who invited them and as
    /// far as they may still give it.
    public void joined(Tx tx, Person person, Invitation invitation) {
        var inviter = people.byId(invitation.by()).orElseThrow().caller();
        if (!grants.permissions()
                .may(
                        Door.asker(inviter.withPasskey(), Optional.empty()),
                        Verb.ADMIN,
                        systems.instance().id())) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "invitation-unusable",
                    "whoever sent this invitation may invite nobody any more: ask an owner");
        }
        if (!invitation.grants().isEmpty()) {
            give(tx, inviter, person.id(), invitation.grants().stream().map(Wishes::of).toList());
        }
    }
}
