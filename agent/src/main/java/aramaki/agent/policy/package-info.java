/// What the owner of this host lets servers run on it.
@NullMarked
package aramaki.agent.policy;

import org.jspecify.annotations.NullMarked;
