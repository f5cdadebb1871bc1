/// The conversation between an agent and its server.
@NullMarked
package aramaki.protocol.agent;

import org.jspecify.annotations.NullMarked;
