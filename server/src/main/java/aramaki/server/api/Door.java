package aramaki.server.api;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.observation.EntityName;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selected;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.Hash;
import aramaki.model.timeline.LogId;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.Agents;
import aramaki.server.grant.Asker;
import aramaki.server.grant.Permissions;
import aramaki.server.http.Guard;
import aramaki.server.http.Need;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore;
import aramaki.server.sight.Sight;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.StoredEvent;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Knows which systems a path speaks of, and has `Permissions` decide.
public final class Door implements Guard {
    private final Permissions permissions;
    private final Systems systems;
    private final Agents agents;
    private final Store store;
    private final EventStore events;
    private final ObservationStore observations;

    public Door(
            Permissions permissions,
            Systems systems,
            Agents agents,
            Store store,
            EventStore events,
            ObservationStore observations) {
        this.permissions = permissions;
        this.systems = systems;
        this.agents = agents;
        this.store = store;
        this.events = events;
        this.observations = observations;
    }

    /// Who is behind a caller, as grants see them.
    public static Asker asker(Caller caller, InetAddress from) {
        return asker(caller, Optional.of(from));
    }

    /// The same for what is done in somebody's name while they are away.
    static Asker asker(Caller caller, Optional<InetAddress> from) {
        boolean root = caller.role().equals(Access.OWNER) && !caller.narrowed();
        return new Asker(
                caller.holder(),
                caller.person(),
                caller.narrowed() ? "this token of " + caller.name() : caller.name(),
                root ? Optional.of(caller.admitted()) : Optional.empty(),
                caller.passkey(),
                from);
    }

    @Override
    public Caller admit(Caller caller, InetAddress from, Need.On need, String value) {
        var asker = asker(caller, from);
        if (asker.root().isPresent()) {
            return caller;
        }
        return switch (need.parameter()) {
            case "system" -> system(caller, asker, need.verb(), value);
            case "agent" -> agent(caller, asker, need.verb(), "agent", value);
            case "entity" -> agent(caller, asker, need.verb(), "entity", value);
            case "event" -> event(caller, asker, need.verb(), value);
            case "observation" -> observation(caller, asker, need.verb(), value);
            default -> throw new IllegalStateException("nothing decides on " + need.parameter());
        };
    }

    private Caller system(Caller caller, Asker asker, Verb verb, String value) {
        var name = new SystemName(value);
        var system = systems.find(name).map(ManagedSystem::id);
        if (system.isPresent()) {
            return allowed(caller, asker, verb, system.get(), "system", value);
        }
        if (verb == Verb.READ) {
            return selection(caller, asker, name);
        }
        // What is not there may be made by whoever may make systems, and is hidden from others.
        return permissions.may(asker, verb, systems.instance().id())
                ? allowed(caller, asker, verb, systems.instance().id(), "system", value)
                : missing("system", value);
    }

    /// Whoever sees a member sees that the selection is there, with what they may see of it.
    private Caller selection(Caller caller, Asker asker, SystemName name) {
        return systems.selection(name).map(Selected::members).orElse(List.of()).stream()
                .flatMap(member -> systems.find(member).stream())
                .filter(s -> permissions.may(asker, Verb.READ, s.id()))
                .findFirst()
                .map(s -> allowed(caller, asker, Verb.READ, s.id(), "system", name.value()))
                .orElseGet(() -> missing("system", name.value()));
    }

    /// An agent can be seen with any of its systems, and is managed with its home.
    private Caller agent(Caller caller, Asker asker, Verb verb, String what, String value) {
        var agent = agents.byName(new EntityName(value));
        var visible =
                agent.stream()
                        .flatMap(a -> systems.servedBy(a).stream())
                        .map(ManagedSystem::id)
                        .filter(id -> permissions.may(asker, Verb.READ, id))
                        .findFirst();
        if (agent.isEmpty() || visible.isEmpty()) {
            return missing(what, value);
        }
        var id = verb == Verb.READ ? visible.get() : home(agent.get()).orElse(visible.get());
        return caller.under(permissions.require(asker, verb, id).by());
    }

    private Optional<SystemId> home(AgentRecord agent) {
        return systems.find(agent.home()).map(ManagedSystem::id);
    }

    private Caller event(Caller caller, Asker asker, Verb verb, String value) {
        var log = logOf(value);
        if (log.filter(permissions.sight(asker)::sees).isEmpty()) {
            return missing("event", value);
        }
        return allowed(caller, asker, verb, log.get().system(), "event", value);
    }

    private Caller observation(Caller caller, Asker asker, Verb verb, String value) {
        var system = observedBy(ObservationId.number(value)).flatMap(systems::find);
        return system.isEmpty()
                ? missing("observation", value)
                : allowed(caller, asker, verb, system.get().id(), "observation", value);
    }

    /// The system that the parameters of a path speak of; empty where that is none, or many, or
    /// nothing is there.
    public Optional<String> systemOf(Map<String, String> parameters) {
        try {
            return parameters.entrySet().stream()
                    .sorted(Comparator.comparing(p -> !p.getKey().equals("system")))
                    .flatMap(p -> systemOf(p.getKey(), p.getValue()).stream())
                    .map(SystemName::value)
                    .findFirst();
        } catch (Refusal e) {
            if (e.reason() == Refusal.Reason.UNAVAILABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<SystemName> systemOf(String parameter, String value) {
        return switch (parameter) {
            case "system" ->
                    Names.isShortName(value)
                            ? systems.find(new SystemName(value)).map(ManagedSystem::name)
                            : Optional.empty();
            case "agent", "entity" ->
                    Names.isShortName(value)
                            ? agents.byName(new EntityName(value)).map(AgentRecord::home)
                            : Optional.empty();
            case "event", "hash" -> logOf(value).flatMap(log -> systems.nameOf(log.system()));
            case "observation" -> observedBy(ObservationId.number(value));
            default -> Optional.empty();
        };
    }

    private Optional<LogId> logOf(String event) {
        return event.matches("[0-9a-f]{64}")
                ? store.read(tx -> events.find(tx, new Hash(event)))
                        .map(StoredEvent::header)
                        .map(EventHeader::log)
                : Optional.empty();
    }

    private Optional<SystemName> observedBy(long observation) {
        return store.read(tx -> observations.find(tx, observation))
                .map(r -> r.observation().key().system());
    }

    private Caller allowed(
            Caller caller, Asker asker, Verb verb, SystemId system, String what, String value) {
        return caller.under(permissions.require(asker, verb, system, what, value).by());
    }

    private static Caller missing(String what, String value) {
        throw Refusal.notFound(what, value);
    }

    @Override
    public Caller admit(Caller caller, InetAddress from, Need.OnInstance need) {
        var asker = asker(caller, from);
        return caller.under(permissions.require(asker, need.verb(), systems.instance().id()).by());
    }

    @Override
    public Caller admit(Caller caller, InetAddress from, Verb verb, SystemName system) {
        var asker = asker(caller, from);
        var id =
                systems.find(system)
                        .map(ManagedSystem::id)
                        .orElseThrow(() -> Refusal.notFound("system", system.value()));
        return system.equals(Systems.INSTANCE)
                ? caller.under(permissions.require(asker, verb, id).by())
                : allowed(caller, asker, verb, id, "system", system.value());
    }

    @Override
    public Sight sight(Caller caller, InetAddress from) {
        return permissions.sight(asker(caller, from));
    }

    @Override
    public boolean sees(Caller caller, InetAddress from, LogId log) {
        var asker = asker(caller, from);
        return asker.root().isPresent() || permissions.sight(asker).sees(log);
    }
}
