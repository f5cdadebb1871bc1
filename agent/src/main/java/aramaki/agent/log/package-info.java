/// What the agent tells the person who looks at its stderr.
@NullMarked
package aramaki.agent.log;

import org.jspecify.annotations.NullMarked;
