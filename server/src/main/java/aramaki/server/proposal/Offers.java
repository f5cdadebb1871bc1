package aramaki.server.proposal;

import aramaki.model.observation.Check;
import aramaki.model.observation.Probing;
import aramaki.model.system.ManagedSystem;
import aramaki.protocol.Base32;
import aramaki.protocol.crypto.Digests;
import aramaki.server.agent.AgentRecord;
import aramaki.server.proposal.Offer.Source;
import aramaki.server.proposal.ProposalStore.Row;
import aramaki.server.system.files.CheckWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Puts the proposals of a system's agents together: the same one of several hosts is one offer,
/// and each has a name of its own.
final class Offers {
    private static final int SHOWN_HOSTS = 5;

    private final ManagedSystem system;
    private final int agentsOfSystem;
    private final Set<String> taken;

    Offers(ManagedSystem system, int agentsOfSystem) {
        this.system = system;
        this.agentsOfSystem = agentsOfSystem;
        this.taken =
                system.definition().checks().stream()
                        .map(Check::name)
                        .map(Object::toString)
                        .collect(Collectors.toCollection(HashSet::new));
    }

    /// What one agent of the system proposes.
    record Proposal(AgentRecord agent, Row row, Probing probing) {}

    /// A check is for one host or for all of its system's: what all propose is one offer, what some
    /// propose is an offer each.
    List<Offer> of(List<Proposal> proposals) {
        var same = new TreeMap<String, List<Proposal>>();
        for (var proposal : proposals) {
            same.computeIfAbsent(what(proposal), _ -> new ArrayList<>()).add(proposal);
        }
        var offers = new ArrayList<Offer>();
        same.forEach(
                (what, group) -> {
                    if (group.size() >= agentsOfSystem) {
                        offers.add(offer(id(what, ""), group));
                    } else {
                        group.forEach(
                                one -> offers.add(offer(id(what, one.agent().id()), List.of(one))));
                    }
                });
        offers.sort(Comparator.comparing(Offer::name));
        return offers;
    }

    private Offer offer(String id, List<Proposal> group) {
        var first = group.getFirst();
        var said = first.row().proposed();
        String name = free(said.name(), first.agent().name().value());
        var every = Duration.ofMillis(said.everyMillis());
        return new Offer(
                id,
                system.name(),
                name,
                new Offer.Words(said.title(), said.why(), evidence(group)),
                first.probing(),
                every,
                group.stream().map(Offers::source).toList(),
                Optional.ofNullable(said.triedState())
                        .map(
                                state ->
                                        new Offer.Tried(
                                                state,
                                                Optional.ofNullable(said.triedOutput())
                                                        .orElse(""))),
                group.stream().map(p -> p.row().foundAt()).min(Instant::compareTo).orElseThrow(),
                text(name, group, every),
                system.folder());
    }

    /// A host can only ask for a check on itself, or for what all others ask for too.
    private String text(String name, List<Proposal> group, Duration every) {
        var first = group.getFirst();
        Map<String, String> on =
                group.size() >= agentsOfSystem
                        ? Map.of()
                        : Map.of("host", first.agent().name().value());
        return CheckWriter.write(name, first.probing(), every, on, first.row().proposed().why());
    }

    private static Source source(Proposal proposal) {
        var said = proposal.row().proposed();
        return new Source(
                proposal.agent().id(),
                proposal.agent().name(),
                said.id(),
                Proposals.evidence(said.evidence()));
    }

    private static String evidence(List<Proposal> group) {
        var seen = group.stream().map(p -> p.row().proposed().evidence()).distinct().toList();
        return seen.size() == 1
                ? seen.getFirst()
                : seen.stream().limit(SHOWN_HOSTS).collect(Collectors.joining("; "));
    }

    private String free(String wanted, String host) {
        String name = wanted;
        for (int i = 1; !taken.add(name); i++) {
            name = i == 1 ? wanted + "-" + host : wanted + "-" + host + "-" + i;
        }
        return name;
    }

    /// What it would do, the same in every run of this program.
    private static String what(Proposal proposal) {
        String how =
                switch (proposal.probing()) {
                    case Probing.Command(var argv) -> String.join("\0", argv);
                    case Probing.Probe(var kind, var parameters) ->
                            kind + new TreeMap<>(parameters);
                };
        return proposal.agent().home() + "\0" + proposal.row().proposed().name() + "\0" + how;
    }

    private static String id(String what, String agent) {
        byte[] hash = Digests.sha256((what + "\0" + agent).getBytes(StandardCharsets.UTF_8));
        return "p_" + Base32.encode(hash).substring(0, 16);
    }
}
