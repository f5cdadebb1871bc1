package aramaki.server.seen;

import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemName;

/// What a person has looked at: everything, a system with its layers, or one alert.
public sealed interface Subject {
    /// Everything, as home shows it.
    record Home() implements Subject {}

    record OfSystem(SystemName system) implements Subject {}

    record OfAlert(AlertKey key) implements Subject {}
}
