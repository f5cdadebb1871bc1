package aramaki.server.agent;

import aramaki.protocol.Json;
import aramaki.protocol.agent.Pause;

/// The newest pause of an agent that we know, by our clock.
///
/// @param over whether its end has been noted
public record AgentPause(Pause pause, boolean over) implements Json.Whole {}
