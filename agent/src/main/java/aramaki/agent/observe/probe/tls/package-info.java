/// Certificates: what a server shows or a file holds, and what is wrong with it.
@NullMarked
package aramaki.agent.observe.probe.tls;

import org.jspecify.annotations.NullMarked;
