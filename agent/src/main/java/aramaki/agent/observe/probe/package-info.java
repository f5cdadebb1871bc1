/// Probes: the observations the agent can make without a program.
@NullMarked
package aramaki.agent.observe.probe;

import org.jspecify.annotations.NullMarked;
