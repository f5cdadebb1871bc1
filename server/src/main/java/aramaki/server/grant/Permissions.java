package aramaki.server.grant;

import aramaki.model.Refusal;
import aramaki.model.grant.Act;
import aramaki.model.grant.Lack;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemId;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.EventClass;
import aramaki.server.grant.Decision.Near;
import aramaki.server.grant.GrantBook.Held;
import aramaki.server.sight.Sight;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The one place that decides who may do what.
public final class Permissions {
    private final Supplier<GrantBook> book;
    private final Function<SystemId, Optional<SystemName>> nameOf;
    private final Explanations explanations;
    private final InstantSource clock;

    Permissions(
            Supplier<GrantBook> book,
            Function<SystemId, Optional<SystemName>> nameOf,
            Explanations explanations,
            InstantSource clock) {
        this.book = book;
        this.nameOf = nameOf;
        this.explanations = explanations;
        this.clock = clock;
    }

    /// Whether somebody may do this to a system now.
    public Decision decide(Asker asker, Verb verb, SystemId system) {
        if (asker.root().isPresent()) {
            return new Decision.Allowed(asker.root().get(), Optional.empty());
        }
        var act = act(asker, verb);
        Near nearest = null;
        for (var held : book.get().of(asker.holder(), system)) {
            var lack = held.grant().lacks(act);
            if (lack.isEmpty()) {
                return new Decision.Allowed(held.event(), Optional.of(held.grant()));
            }
            if (nearest == null || lack.get().compareTo(nearest.lack()) > 0) {
                nearest = new Near(held.grant(), lack.get());
            }
        }
        return new Decision.Denied(Optional.ofNullable(nearest));
    }

    /// The same, refusing in words. What somebody may not even see is not there for them.
    ///
    /// @param what and
    /// @param name say how the handler itself would name what is missing
    public Decision.Allowed require(
            Asker asker, Verb verb, SystemId system, String what, String name) {
        return switch (decide(asker, verb, system)) {
            case Decision.Allowed allowed -> allowed;
            case Decision.Denied denied -> {
                if (verb == Verb.READ || !may(asker, Verb.READ, system)) {
                    throw Refusal.notFound(what, name);
                }
                throw refusal(asker, verb, system, denied);
            }
        };
    }

    /// The same for a system that everybody knows to be there, such as the instance's own.
    public Decision.Allowed require(Asker asker, Verb verb, SystemId system) {
        return switch (decide(asker, verb, system)) {
            case Decision.Allowed allowed -> allowed;
            case Decision.Denied denied -> throw refusal(asker, verb, system, denied);
        };
    }

    private Refusal refusal(Asker asker, Verb verb, SystemId system, Decision.Denied denied) {
        String code =
                denied.nearest()
                        .map(Near::lack)
                        .filter(l -> l != Lack.VERB)
                        .map(Lack::word)
                        .orElse("not-granted");
        return new Refusal(
                Refusal.Reason.FORBIDDEN,
                code,
                explanations.sentence(asker, verb, system, denied, clock.instant()));
    }

    public boolean may(Asker asker, Verb verb, SystemId system) {
        return decide(asker, verb, system) instanceof Decision.Allowed;
    }

    /// One sentence why somebody may or may not.
    public String explain(Asker asker, Verb verb, SystemId system) {
        return explanations.sentence(
                asker, verb, system, decide(asker, verb, system), clock.instant());
    }

    /// What somebody may see now.
    public Sight sight(Asker asker) {
        if (asker.root().isPresent()) {
            return Sight.EVERYTHING;
        }
        var act = act(asker, Verb.READ);
        var readable = new HashMap<SystemId, Set<EventClass>>();
        var names = new HashSet<SystemName>();
        book.get()
                .of(asker.holder())
                .forEach(
                        (system, held) -> {
                            var classes = EnumSet.noneOf(EventClass.class);
                            held.stream()
                                    .map(Held::grant)
                                    .filter(g -> g.lacks(act).isEmpty())
                                    .forEach(g -> classes.addAll(g.terms().classes()));
                            if (!classes.isEmpty()) {
                                readable.put(system, classes);
                                nameOf.apply(system).ifPresent(names::add);
                            }
                        });
        return Sight.of(Map.copyOf(readable), names);
    }

    private Act act(Asker asker, Verb verb) {
        return new Act(verb, clock.instant(), asker.passkey(), asker.from());
    }
}
