/// One question to one name server, and its answer.
@NullMarked
package aramaki.agent.observe.probe.dns;

import org.jspecify.annotations.NullMarked;
