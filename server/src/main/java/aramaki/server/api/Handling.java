package aramaki.server.api;

import aramaki.model.alert.AlertKey;
import aramaki.model.alert.Silence;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.alert.Act;
import aramaki.server.alert.Acts;
import aramaki.server.http.Exchange;
import aramaki.server.sight.Sight;
import aramaki.server.system.Systems;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may act on alerts and silences that a request names in its own way, decided for each system.
public final class Handling {
    private Handling() {}

    /// Who acts, under the grant that lets them in each system.
    public static Acts.Actor actor(Exchange exchange, Act act) {
        return actor(exchange, act instanceof Act.Comment ? Verb.NOTE : Verb.ACK);
    }

    public static Acts.Actor undoing(Exchange exchange) {
        return actor(exchange, Verb.ACK);
    }

    private static Acts.Actor actor(Exchange exchange, Verb verb) {
        return new Acts.Actor(exchange.signedIn(), system -> exchange.require(verb, system).by());
    }

    /// Refuses where one of these is not theirs to act on.
    public static List<AlertKey> named(Exchange exchange, Act act, Collection<AlertKey> keys) {
        var verb = act instanceof Act.Comment ? Verb.NOTE : Verb.ACK;
        keys.stream()
                .map(k -> k.about().system())
                .distinct()
                .forEach(system -> exchange.require(verb, system));
        return List.copyOf(keys);
    }

    /// Those of a query that are theirs to act on.
    public static List<AlertKey> meant(Exchange exchange, Act act, Collection<AlertKey> keys) {
        var verb = act instanceof Act.Comment ? Verb.NOTE : Verb.ACK;
        var may = new HashMap<SystemName, Boolean>();
        return keys.stream()
                .filter(k -> may.computeIfAbsent(k.about().system(), s -> exchange.may(verb, s)))
                .toList();
    }

    /// Refuses a silence that hides from others what is not theirs to hide: of a system it needs
    /// the verb there, of all it needs it on the instance, and of what they have themselves
    // nothing.
    public static Caller silencer(Exchange exchange, @Nullable String system, boolean mine) {
        if (system != null && !system.isBlank()) {
            return exchange.require(Verb.SILENCE, new SystemName(system));
        }
        return mine && !exchange.signedIn().narrowed()
                ? exchange.signedIn()
                : exchange.require(Verb.SILENCE, Systems.INSTANCE);
    }

    /// Who ends a silence: whoever made it, or could have.
    public static Caller ending(Exchange exchange, Collection<Silence> open, String id) {
        var silence = open.stream().filter(s -> s.id().equals(id)).findFirst();
        var person = exchange.signedIn();
        if (silence.isEmpty() || owns(person, silence.get())) {
            return person;
        }
        return silencer(exchange, silence.get().about().map(SystemName::value).orElse(null), false);
    }

    /// What a person has is not what every program of theirs has.
    private static boolean owns(Caller caller, Silence silence) {
        return !caller.narrowed() && silence.owner().equals(caller.person());
    }

    /// Those of systems that may be seen, one's own, and for who sees everything all others.
    public static boolean visible(Exchange exchange, Silence silence) {
        var sight = Sight.current();
        return sight.everything()
                || owns(exchange.signedIn(), silence)
                || silence.about().filter(sight::sees).isPresent();
    }
}
