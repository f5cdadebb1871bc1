package aramaki.server.proposal;

import aramaki.model.Refusal;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.SystemName;
import aramaki.protocol.agent.AgentMessage.Found;
import aramaki.protocol.agent.AgentMessage.Proposed;
import aramaki.protocol.crypto.Digests;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.proposal.ProposalStore.Left;
import aramaki.server.proposal.ProposalStore.Row;
import aramaki.server.proposal.ProposalStore.Told;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.system.files.ReadingContext;
import aramaki.server.timeline.By;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What agents propose, and what people make of it. A proposal that an existing check covers, or
/// that a person left, is not shown; accepting one is an edit of the system's document.
public final class Proposals implements Systems.Listener {
    /// Many enough to say yes to in one go; a document holds 500 files at most.
    public static final int MAX_AT_ONCE = 200;

    private static final int MAX_VERSION = 64;

    private final Store store;
    private final ProposalStore proposals;
    private final Systems systems;
    private final Agents agents;
    private final Assignments assignments;
    private final Supplier<ReadingContext> context;
    private final InstantSource clock;
    private final AtomicLong revision = new AtomicLong();
    private volatile @Nullable Shown shown;

    public Proposals(
            Store store,
            ProposalStore proposals,
            Systems systems,
            Agents agents,
            Assignments assignments,
            Supplier<ReadingContext> context,
            InstantSource clock) {
        this.store = store;
        this.proposals = proposals;
        this.systems = systems;
        this.agents = agents;
        this.assignments = assignments;
        this.context = context;
        this.clock = clock;
    }

    /// What was worked out last, for which state of the world.
    private record Shown(long revision, Map<String, Presence> agents, List<Offer> offers) {}

    /// The version of what we have of this agent.
    public Optional<String> version(AgentRecord agent) {
        return store.read(tx -> proposals.told(tx, agent.id())).map(Told::version);
    }

    /// Takes what an agent found in place of what it had found before. A proposal that is wrong in
    /// itself is left out and counted, so that it spoils no other.
    public void found(AgentRecord agent, Found found) {
        var now = clock.instant();
        var reading = context.get();
        var rows = new LinkedHashMap<String, Row>();
        var reasons = new ArrayList<String>();
        for (var proposed : found.proposals()) {
            try {
                if (rows.size() >= Found.MAX_PROPOSALS) {
                    throw Refusal.invalid(
                            "bad-proposal", "it is beyond the " + Found.MAX_PROPOSALS + "th");
                }
                var taken = Taken.of(proposed, agent.home(), reading);
                rows.putIfAbsent(taken.id(), new Row(agent.id(), now, taken));
            } catch (Refusal e) {
                reasons.add(e.text());
            }
        }
        String given = String.valueOf(found.version()); // a message may lack it
        String version = given.substring(0, Math.min(MAX_VERSION, given.length()));
        var told =
                new Told(version, now, reasons.size(), reasons.isEmpty() ? "" : reasons.getFirst());
        store.write(
                tx -> {
                    var known = new HashMap<String, Row>();
                    proposals.ofAgent(tx, agent.id()).forEach(r -> known.put(r.proposed().id(), r));
                    var kept = rows.values().stream().map(r -> since(known, r)).toList();
                    proposals.replace(tx, agent.id(), told, kept);
                    tx.afterCommit(revision::incrementAndGet);
                    return kept.size();
                });
    }

    /// The same finding keeps the time at which it was found first.
    private static Row since(Map<String, Row> known, Row row) {
        var before = known.get(row.proposed().id());
        return before == null ? row : new Row(row.agent(), before.foundAt(), row.proposed());
    }

    /// Everything that waits for somebody to accept or leave it, by system and name.
    public List<Offer> open() {
        long at = revision.get();
        var known = presences();
        var last = shown;
        if (last != null && last.revision() == at && last.agents().equals(known)) {
            return last.offers();
        }
        var offers = workedOut();
        shown = new Shown(at, known, offers);
        return offers;
    }

    public List<Offer> open(SystemName system) {
        return open().stream().filter(o -> o.system().equals(system)).toList();
    }

    private Map<String, Presence> presences() {
        return agents.all().stream()
                .filter(a -> a.presence() != Presence.REVOKED)
                .collect(Collectors.toMap(AgentRecord::id, _ -> Presence.CONNECTED));
    }

    private List<Offer> workedOut() {
        var left = new HashSet<String>();
        store.read(proposals::left)
                .forEach(l -> left.add(leftKey(l.agent(), l.proposal(), l.evidence())));
        var bySystem = new TreeMap<SystemName, List<Offers.Proposal>>();
        var coverage = new HashMap<String, Coverage>();
        for (var row : store.read(proposals::all)) {
            var agent = agents.byId(row.agent()).filter(a -> a.presence() != Presence.REVOKED);
            if (agent.isPresent() && !left.contains(leftKey(row))) {
                var covered =
                        coverage.computeIfAbsent(
                                row.agent(), _ -> Coverage.of(assignments.of(agent.get())));
                var probing = Taken.probing(row.proposed());
                if (!covered.covers(probing)) {
                    bySystem.computeIfAbsent(agent.get().home(), _ -> new ArrayList<>())
                            .add(new Offers.Proposal(agent.get(), row, probing));
                }
            }
        }
        var offers = new ArrayList<Offer>();
        bySystem.forEach(
                (name, list) ->
                        systems.find(name)
                                .ifPresent(s -> offers.addAll(new Offers(s, serving(s)).of(list))));
        return List.copyOf(offers);
    }

    private int serving(ManagedSystem system) {
        return (int)
                agents.all().stream()
                        .filter(a -> a.presence() != Presence.REVOKED)
                        .filter(a -> systems.servedBy(a).contains(system))
                        .count();
    }

    /// Writes the checks of these offers, named `SYSTEM/NAME` or by id, into their systems'
    /// documents: all of them, or none of a system's.
    public List<Offer> accept(Collection<String> names, By by) {
        var chosen = chosen(names);
        var owned = chosen.stream().filter(o -> !o.folder().isEmpty()).toList();
        if (!owned.isEmpty()) {
            throw ownedByFolder(owned);
        }
        chosen.stream()
                .collect(Collectors.groupingBy(Offer::system, TreeMap::new, Collectors.toList()))
                .forEach(
                        (system, offers) -> {
                            var files = new TreeMap<String, String>();
                            offers.forEach(o -> files.put(o.path(), o.yaml()));
                            systems.add(system, files, because(offers), by);
                        });
        return chosen;
    }

    private static String because(List<Offer> offers) {
        String hosts =
                offers.stream()
                        .flatMap(o -> o.hosts().stream())
                        .map(Object::toString)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        return "accepted what "
                + hosts
                + " proposed: "
                + offers.stream()
                        .map(o -> o.name() + " (" + o.id() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static Refusal ownedByFolder(List<Offer> offers) {
        var first = offers.getFirst();
        return Refusal.conflict(
                "owned-by-folder",
                "system "
                        + first.system()
                        + " is defined in "
                        + first.folder()
                        + ": write this there yourself, as\n"
                        + offers.stream()
                                .map(o -> o.folder() + "/" + o.path() + "\n\n" + o.yaml())
                                .collect(Collectors.joining("\n")));
    }

    /// These are not shown again while the evidence is the same.
    public List<Offer> leave(Collection<String> names, By by) {
        var chosen = chosen(names);
        var now = clock.instant();
        store.write(
                tx -> {
                    chosen.forEach(offer -> leave(tx, offer, by, now));
                    tx.afterCommit(revision::incrementAndGet);
                    return chosen.size();
                });
        return chosen;
    }

    private void leave(Tx tx, Offer offer, By by, Instant now) {
        for (var source : offer.sources()) {
            proposals.leave(
                    tx,
                    new Left(
                            source.agent(), source.proposal(), source.evidence(), by.actor(), now));
        }
    }

    private List<Offer> chosen(Collection<String> names) {
        if (names.isEmpty() || names.size() > MAX_AT_ONCE) {
            throw Refusal.invalid(
                    "bad-proposals", "name one to " + MAX_AT_ONCE + " proposals, as SYSTEM/NAME");
        }
        var open = open();
        var chosen = new LinkedHashMap<String, Offer>();
        for (String name : names) {
            var offer =
                    open.stream()
                            .filter(o -> o.isNamed(name))
                            .findFirst()
                            .orElseThrow(() -> Refusal.notFound("proposal", name));
            chosen.put(offer.id(), offer);
        }
        return List.copyOf(chosen.values());
    }

    static String evidence(String text) {
        return HexFormat.of().formatHex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String leftKey(Row row) {
        Proposed proposed = row.proposed();
        return leftKey(row.agent(), proposed.id(), evidence(proposed.evidence()));
    }

    private static String leftKey(String agent, String proposal, String evidence) {
        return agent + "\0" + proposal + "\0" + evidence;
    }

    @Override
    public void changing(Tx tx, ManagedSystem before, Optional<ManagedSystem> after, By by) {}

    @Override
    public void changed() {
        revision.incrementAndGet();
    }
}
