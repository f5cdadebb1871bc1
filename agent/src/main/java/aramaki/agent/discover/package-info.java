/// Looks at what runs on the host, and proposes checks for it.
@NullMarked
package aramaki.agent.discover;

import org.jspecify.annotations.NullMarked;
