/// What happens to the host beside its checks: pauses, stops, reboots, packages.
@NullMarked
package aramaki.agent.host;

import org.jspecify.annotations.NullMarked;
