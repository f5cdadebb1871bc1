/// Results that programs on this host bring to the agent by themselves.
@NullMarked
package aramaki.agent.input;

import org.jspecify.annotations.NullMarked;
