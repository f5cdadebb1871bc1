package aramaki.server.grant;

import aramaki.model.Labels;
import aramaki.model.grant.Grant;
import aramaki.model.grant.Network;
import aramaki.model.grant.Reach;
import aramaki.model.grant.Terms;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import aramaki.model.timeline.EventClass;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload.GrantGiven;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/// A grant as the log writes it, and back.
public final class GrantDocument {
    private GrantDocument() {}

    static GrantGiven of(
            String holder,
            Reach reach,
            Terms terms,
            String reason,
            Optional<Hash> parent,
            boolean emergency) {
        return new GrantGiven(
                holder,
                reach.everything(),
                reach.systems().stream().map(SystemId::value).sorted().toList(),
                reach.labels().values(),
                terms.verbs().stream().sorted().map(Verb::word).toList(),
                terms.classes().stream().sorted().map(EventClass::word).toList(),
                terms.passkey(),
                terms.networks().stream().map(Network::toString).toList(),
                terms.notBefore(),
                terms.expiresAt(),
                terms.depth(),
                reason,
                parent.map(Hash::hex).orElse(null),
                emergency);
    }

    /// As tables keep it.
    public static String text(Grant grant) {
        return Json.text(
                of(
                        grant.holder(),
                        grant.reach(),
                        grant.terms(),
                        grant.reason(),
                        grant.parent(),
                        grant.emergency()));
    }

    /// @param id hash of the event
    public static Grant read(Hash id, GrantGiven said, String giver, Instant at) {
        return new Grant(
                id,
                said.holder(),
                new Reach(
                        said.everything(),
                        said.systems().stream().map(SystemId::new).collect(Collectors.toSet()),
                        Labels.of(said.labels())),
                new Terms(
                        Verb.ofWords(said.verbs()),
                        said.classes().stream().map(EventClass::ofWord).collect(Collectors.toSet()),
                        said.passkey(),
                        said.networks().stream().map(Network::parse).toList(),
                        said.notBefore(),
                        said.expiresAt(),
                        said.depth()),
                said.reason(),
                Optional.ofNullable(said.parent()).map(Hash::new),
                giver,
                at,
                said.emergency(),
                Optional.empty(),
                Optional.empty());
    }
}
