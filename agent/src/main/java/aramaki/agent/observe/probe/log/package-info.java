/// Logs that grow, and up to where each was read.
@NullMarked
package aramaki.agent.observe.probe.log;

import org.jspecify.annotations.NullMarked;
