/// Plugins: programs that speak the Nagios plugin protocol, run so that nothing of them stays.
@NullMarked
package aramaki.agent.observe.plugin;

import org.jspecify.annotations.NullMarked;
