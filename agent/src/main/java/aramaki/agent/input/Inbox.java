package aramaki.agent.input;

import aramaki.model.Refusal;

/// Takes what programs on this host bring.
@FunctionalInterface
public interface Inbox {
    /// Returns once the result is durable on this host.
    ///
    /// @throws Refusal when it cannot be kept now, or never could
    void take(Pushed pushed) throws InterruptedException;
}
