/// Connections of probes: made, secured and read with bounds.
@NullMarked
package aramaki.agent.observe.probe.net;

import org.jspecify.annotations.NullMarked;
