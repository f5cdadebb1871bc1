/// Runs one check of this host and says what it saw.
@NullMarked
package aramaki.agent.observe;

import org.jspecify.annotations.NullMarked;
