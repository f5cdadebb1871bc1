/// What a plugin or a probe found out, and the text it says it with.
@NullMarked
package aramaki.agent.observe.finding;

import org.jspecify.annotations.NullMarked;
