package aramaki.server.alert;

import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.system.SystemName;
import aramaki.protocol.log.Payload;
import aramaki.server.system.Systems;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// What the events of a log make of the silences.
public final class SilenceFold {
    private SilenceFold() {}

    /// The silence that an event speaks of, as it stands after it; empty for other events.
    ///
    /// @param system in whose log it stands
    /// @param known the silence of an id as it stands before
    public static Optional<Silence> apply(
            SystemName system,
            Payload data,
            Instant at,
            Function<String, Optional<Silence>> known) {
        return switch (data) {
            case Payload.SilenceAdded p ->
                    Optional.of(
                            new Silence(
                                    p.silence(),
                                    Optional.of(system).filter(s -> !s.equals(Systems.INSTANCE)),
                                    p.title(),
                                    p.matchers().stream().map(Matcher::parse).toList(),
                                    p.mine(),
                                    p.starts(),
                                    p.expires(),
                                    p.reason(),
                                    p.owner(),
                                    p.name(),
                                    at,
                                    false,
                                    Optional.empty(),
                                    0));
            case Payload.SilenceWarned p -> known.apply(p.silence()).map(Silence::withWarning);
            case Payload.SilenceExpired p ->
                    known.apply(p.silence()).map(s -> s.ended(at, p.hid()));
            default -> Optional.empty(); // the others are about no silence
        };
    }
}
