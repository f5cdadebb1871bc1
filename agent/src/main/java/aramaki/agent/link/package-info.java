/// The conversation with the server: greeting, results out, checks in, and trying again.
@NullMarked
package aramaki.agent.link;

import org.jspecify.annotations.NullMarked;
