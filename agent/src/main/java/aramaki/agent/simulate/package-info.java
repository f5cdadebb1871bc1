/// Many agents in one process that speak the real protocol and run nothing.
@NullMarked
package aramaki.agent.simulate;

import org.jspecify.annotations.NullMarked;
